import { array, boolean, type ISchema, lazy, mixed, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { isEntity } from './difference.ts';
import { adoptions, employments, verbs } from './record.ts';

const setName = /^(Catalog|Document|InformationRegister|ChartOf\w+|ExchangePlan|BusinessProcess|Task)_[\p{L}\p{N}_]+$/u;

const stepText = {
  ru: 'нет ни одного шага: нужен хотя бы один, с upsert, create, draft или withdraw',
  en: 'there is no step: at least one is needed, with upsert, create, draft or withdraw',
} satisfies Text;
const listText = { ru: 'здесь нужен список', en: 'this must be a list' } satisfies Text;
const mapText = { ru: 'здесь нужен набор «имя: значение»', en: 'this must be a set of `name: value`' } satisfies Text;
// Messages of our own everywhere: those of yup quote the value, which may be personal.
const textText = { ru: 'здесь нужен текст', en: 'this must be a text' } satisfies Text;
const flagText = { ru: 'здесь нужно true или false', en: 'this must be true or false' } satisfies Text;
const text = () => string().strict().nullable().typeError(textText);
const name = () => string().strict().typeError(textText).required(textText);
const names = () => array().strict().typeError(listText).of(name()).min(1, listText).required(listText);

const nameText = {
  ru: 'здесь нужно имя набора 1С, например Catalog_ФизическиеЛица',
  en: 'this must be the name of a set of 1C, for example Catalog_ФизическиеЛица',
} satisfies Text;

const verbText = {
  ru: 'у шага ровно одно действие с именем набора: upsert, create, draft или withdraw',
  en: 'a step has exactly one verb with the name of a set: upsert, create, draft or withdraw',
} satisfies Text;

const valueText = {
  ru: 'здесь нужно значение, { ref: имя шага }, { find: Набор, by: { поле: значение } }, { file: адрес или id } или { empty: true }',
  en: 'this must be a value, { ref: step }, { find: Set, by: { field: value } }, { file: address or id } or { empty: true }',
};

const fileText = { ru: 'здесь нужен адрес или id файла', en: 'this must be the address or the id of a file' };

/** A set of fields, whose names only `$metadata` knows. */
function fields(): ReturnType<typeof lazy<ISchema<unknown>>> {
  return mapOf(field);
}

function field(value: unknown): ISchema<unknown> {
  if (!isEntity(value)) {
    return mixed()
      .nullable()
      .test(
        'scalar',
        { ru: 'здесь нужно одно значение, а не список', en: 'this must be one value, not a list' },
        (one) => typeof one !== 'object' || one === null,
      );
  }
  if ('ref' in value) return object({ ref: name() }).noUnknown();
  if ('empty' in value)
    return object({
      empty: boolean()
        .strict()
        .typeError(flagText)
        .required(flagText)
        .oneOf([true], { ru: 'empty может быть только true', en: 'empty can only be true' } satisfies Text),
    }).noUnknown();
  if ('file' in value)
    return object({
      file: mixed()
        .nullable()
        .test('file', fileText, (file) => file === null || typeof file === 'string' || typeof file === 'number'),
      name: text(),
    }).noUnknown();
  if (!('find' in value)) return mixed().test('value', valueText, () => false);
  return object({
    find: name().matches(setName, { message: nameText }),
    by: fields(),
    missing: mixed()
      .nullable()
      .oneOf(['reject', 'empty', null], {
        ru: 'missing: reject или empty',
        en: 'missing is reject or empty',
      } satisfies Text),
  }).noUnknown();
}

function mapOf(each: (value: unknown) => ISchema<unknown>): ReturnType<typeof lazy<ISchema<unknown>>> {
  return lazy((value: unknown) => {
    if (!isEntity(value))
      return mixed()
        .nullable()
        .test('map', mapText, (one) => one === undefined || one === null);
    return object(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, each(one)])));
  });
}

/** One of some words, or null. */
function oneOf(words: readonly string[]): ISchema<unknown> {
  const list = words.join(', ');
  return mixed()
    .nullable()
    .oneOf([...words, null], { ru: `здесь одно из: ${list}`, en: `this is one of ${list}` } satisfies Text);
}

function rows(): ISchema<unknown> {
  return array().strict().of(fields()).typeError(listText).required(listText);
}

function section(value: unknown): ISchema<unknown> {
  if (value !== null && typeof value !== 'object') return mixed().test('section', listText, () => false);
  if (value === null || Array.isArray(value)) return array().strict().of(fields()).typeError(listText).nullable();
  return object({ by: names(), set: rows() }).noUnknown();
}

const entityOf = () =>
  object({
    kind: name(),
    id: mixed()
      .nullable()
      .test(
        'id',
        { ru: 'здесь нужны текст или число', en: 'this must be a text or a number' } satisfies Text,
        (id) => typeof id !== 'object' || id === null,
      ),
    role: text(),
  })
    .noUnknown()
    .nullable()
    .default(undefined);

const step = object({
  ...Object.fromEntries(
    verbs.map((verb) => [verb, text().matches(setName, { message: nameText, excludeEmptyString: true })]),
  ),
  as: text(),
  of: entityOf(),
  also: array().strict().typeError(listText).of(entityOf()).nullable(),
  after: entityOf(),
  match: array().strict().typeError(listText).of(names()).nullable(),
  identity: array().strict().typeError(listText).of(name()).nullable(),
  onAdopt: oneOf(adoptions),
  owns: array().strict().typeError(listText).of(name()).nullable(),
  employment: oneOf(employments),
  marker: text(),
  fields: fields(),
  rows: mapOf(section),
  keys: fields(),
  post: boolean().strict().nullable().typeError(flagText),
})
  .noUnknown()
  .nullable()
  .test(
    'verb',
    verbText,
    (value: unknown) =>
      !isEntity(value) ||
      verbs.filter((verb) => value[verb] !== undefined && value[verb] !== null && value[verb] !== '').length === 1,
  );

/** The record of `adapter: onec-odata`; names of sets and fields are checked against `$metadata` later. */
export const recordSchema = object({
  steps: array().strict().of(step).min(1, stepText).required(stepText).typeError(listText),
}).noUnknown();
