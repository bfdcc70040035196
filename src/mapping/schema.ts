import { array, boolean, type InferType, mixed, object, string } from 'yup';
import type { Text } from '../text.ts';
import { conversionNames } from './conversions/conversion.ts';
import { isMap } from './template.ts';

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isStage(value: unknown): value is string | number {
  return isWord(value) || (typeof value === 'number' && Number.isInteger(value));
}

/** One value or a list of them. */
function oneOrMore<T extends string | number>(isOne: (value: unknown) => value is T, expected: Text) {
  const check = (value: unknown): value is T | T[] => (Array.isArray(value) ? value.length > 0 && value.every(isOne) : isOne(value));
  return mixed({ type: 'words', check }).typeError({ ...expected });
}

const words = { ru: 'здесь нужно слово или список слов', en: 'a word or a list of words is needed here' };
const stages = { ru: 'здесь нужен псевдоним этапа из stages или номер этапа, либо список из них', en: 'an alias from stages or a stage id is needed here, or a list of them' };

/** Same characters as in file names and metric labels that people can type; Russian letters are welcome. */
const mappingName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;

const scalarText = { ru: 'здесь нужна формула (текст с «=» в начале) или простое значение', en: 'a formula (a text that begins with =) or a plain value is needed here' };
const scalar = mixed({ type: 'scalar', check: (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value) }).typeError(scalarText).nullable();

const whenSchema = mixed({
  type: 'when',
  check: (value: unknown): value is string | boolean => typeof value === 'boolean' || (typeof value === 'string' && value.startsWith('=')),
}).typeError({ ru: 'условие пишут формулой: when: "=…"', en: 'a condition is written as a formula: when: "=…"' });

export const testSchema = object({
  name: string().strict().required(),
  given: mixed({ type: 'given', check: (value: unknown): value is string | Readonly<Record<string, unknown>> => isWord(value) || isMap(value) })
    .typeError({ ru: 'здесь нужно тело вебхука или путь к файлу JSON с ним (от этого файла)', en: 'a webhook body is needed here, or the path of a JSON file with one (from this file)' })
    .required(),
  expect: mixed({ type: 'expect', check: (value: unknown): value is 'skipped' | Readonly<Record<string, unknown>> => value === 'skipped' || isMap(value) })
    .typeError({ ru: 'здесь нужна запись или слово skipped', en: 'a record is needed here, or the word skipped' })
    .required(),
}).exact();

/** A mapping file, all but what stands inside of `record`. */
export const fileSchema = object({
  mapping: string().strict().required()
    .matches(mappingName, { message: { ru: 'имя состоит из букв, цифр, «-», «_» и «.» и начинается с буквы или цифры', en: 'a name has letters, digits, "-", "_" and ".", and begins with a letter or digit' }, excludeEmptyString: true }),
  title: string().strict(),
  on: object({
    event: oneOrMore(isWord, words).required(),
    type: oneOrMore(isWord, words),
    action: oneOrMore(isWord, words),
    stage: oneOrMore(isStage, stages),
  }).required().exact(),
  when: whenSchema,
  to: string().strict().required(),
  key: scalar,
  order: string().strict().oneOf(['strict', 'none'] as const),
  once: scalar,
  record: mixed({ type: 'object', check: isMap }).required(),
  tests: array().of(testSchema),
}).exact();

/** An object with the key `from` inside of a record. */
export const conversionSchema = object({
  from: scalar,
  as: string().strict().oneOf(conversionNames),
  max: mixed({ type: 'length', check: (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0 })
    .typeError({ ru: 'здесь нужна длина: целое число больше нуля', en: 'a length is needed here: a whole number above zero' }),
  default: scalar,
  required: boolean().strict(),
  lookup: string().strict(),
  else: scalar,
}).exact();

export type FileContent = InferType<typeof fileSchema>;
export type ConversionContent = InferType<typeof conversionSchema>;
