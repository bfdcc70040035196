import { array, boolean, mixed, object, string } from 'yup';
import type { Text } from '../../text.ts';
import { conversionNames } from '../conversions/conversion.ts';
import { isDateFormat } from '../conversions/date-format.ts';
import { actions, logTypes, mappableEvents } from './event-words.ts';
import { isMap } from '../record/template.ts';

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isStage(value: unknown): value is string | number {
  return isWord(value) || (typeof value === 'number' && Number.isInteger(value));
}

/** One value or a list of them; what `isOne` takes is written as `one` says, and an editor suggests the known ones. */
function oneOrMore<T extends string | number>(
  isOne: (value: unknown) => value is T,
  expected: Text,
  one: typeof writtenWord,
  known: readonly string[] = [],
) {
  const check = (value: unknown): value is T | T[] =>
    Array.isArray(value) ? value.length > 0 && value.every(isOne) : isOne(value);
  const single = known.length === 0 ? one : { anyOf: [{ enum: known }, one] };
  return mixed({ type: 'words', check })
    .typeError({ ...expected })
    .meta({ written: { anyOf: [single, { type: 'array', items: single, minItems: 1 }] } });
}

const writtenWord: { readonly type: string | readonly string[]; readonly pattern: string } = {
  type: 'string',
  pattern: String.raw`\S`,
};
const writtenStage = { ...writtenWord, type: ['string', 'integer'] };

const words = { ru: 'здесь нужно слово или список слов', en: 'a word or a list of words is needed here' };
const stages = {
  ru: 'здесь нужен псевдоним этапа из stages или номер этапа, либо список из них',
  en: 'an alias from stages or a stage id is needed here, or a list of them',
};

/** Same characters as in file names and metric labels that people can type; Russian letters are welcome. */
const mappingName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;

const scalarText = {
  ru: 'здесь нужна формула (текст с «=» в начале) или простое значение',
  en: 'a formula (a text that begins with =) or a plain value is needed here',
};
const scalar = mixed({
  type: 'scalar',
  check: (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value),
})
  .typeError(scalarText)
  .nullable()
  .meta({ written: { type: ['string', 'number', 'boolean'] } });

const whenSchema = mixed({
  type: 'when',
  check: (value: unknown): value is string | boolean =>
    typeof value === 'boolean' || (typeof value === 'string' && value.startsWith('=')),
})
  .typeError({ ru: 'условие пишут формулой: when: "=…"', en: 'a condition is written as a formula: when: "=…"' })
  .meta({
    ru: 'Условие (JSONata): true — маппинг срабатывает, false — пропускает, всё прочее — ошибка.',
    en: 'A condition (JSONata): the mapping passes on true, skips on false, and fails on anything else.',
    written: { anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^=' }] },
  });

const testSchema = object({
  name: string().strict().required().meta({ ru: 'Что тест показывает.', en: 'What the test shows.' }),
  given: mixed({
    type: 'given',
    check: (value: unknown): value is string | Readonly<Record<string, unknown>> => isWord(value) || isMap(value),
  })
    .typeError({
      ru: 'здесь нужно тело вебхука или путь к файлу JSON с ним (от этого файла)',
      en: 'a webhook body is needed here, or the path of a JSON file with one (from this file)',
    })
    .required()
    .meta({
      ru: 'Тело вебхука или путь к файлу JSON с ним, от этого файла. Готовый тест из пришедшего события печатает команда capture.',
      en:
        'A webhook body, or the path of a JSON file with one, from this file. The command capture prints a ' +
        'ready test from an event that came.',
      written: { anyOf: [{ type: 'string', pattern: String.raw`\S` }, { type: 'object' }] },
    }),
  expect: mixed({
    type: 'expect',
    check: (value: unknown): value is 'skipped' | Readonly<Record<string, unknown>> =>
      value === 'skipped' || isMap(value),
  })
    .typeError({ ru: 'здесь нужна запись или слово skipped', en: 'a record is needed here, or the word skipped' })
    .required()
    .meta({
      ru: 'Какая запись должна получиться; { partly: … } — только её названная часть; skipped: маппинг не берёт это событие.',
      en:
        'The record that should come out; { partly: … } names a part of it; skipped: the mapping does not take this ' +
        'event.',
      written: { anyOf: [{ enum: ['skipped'] }, { type: 'object' }] },
    }),
}).exact();

/** A mapping file, all but what stands inside of `record`. */
export const fileSchema = object({
  mapping: string()
    .strict()
    .required()
    .matches(mappingName, {
      message: {
        ru: 'имя состоит из букв, цифр, «-», «_» и «.», начинается с буквы или цифры и не длиннее 100 знаков',
        en: 'a name has letters, digits, "-", "_" and ".", begins with a letter or digit and has at most 100 characters',
      },
      excludeEmptyString: true,
    })
    .notOneOf(['alarms'], {
      ru: 'имя alarms занято: под ним идут тревоги самой службы',
      en: 'the name alarms is taken: the alarms of the service itself go by it',
    })
    .meta({
      ru: 'Имя маппинга: его показывают доставки и журнал.',
      en: 'The name of the mapping: deliveries and logs show it.',
    }),
  title: string().strict().meta({ ru: 'Что он делает, словами.', en: 'What it does, in words.' }),
  on: object({
    event: oneOrMore(isWord, words, writtenWord, mappableEvents)
      .required()
      .meta({ ru: 'Вид события Huntflow.', en: 'The kind of event of Huntflow.' }),
    type: oneOrMore(isWord, words, writtenWord, [...new Set(Object.values(logTypes).flat())]).meta({
      ru: 'Вид записи в истории: для приёма STATUS; у отклика — его состояние.',
      en: 'The log type: STATUS for a hire; the state of a response.',
    }),
    action: oneOrMore(isWord, words, writtenWord, actions).meta({
      ru: 'Что сделали с записью: исправленная приходит снова как EDIT, удалённая как DELETE.',
      en: 'What was done: a corrected entry comes again as EDIT, a removed one as DELETE.',
    }),
    stage: oneOrMore(isStage, stages, writtenStage).meta({
      ru: 'Этап кандидата: псевдоним из stages файла connector.yaml или номер этапа.',
      en: 'The stage of the candidate: an alias of `stages` in connector.yaml, or the id of a stage.',
    }),
  })
    .required()
    .exact()
    .meta({
      ru: 'Какие события берёт маппинг. Для приёма нужны все четыре ключа: комментарии тоже несут текущий этап.',
      en: 'Which events the mapping takes. A hire needs all four keys: comments carry the current stage too.',
    }),
  preset: string()
    .strict()
    .meta({
      ru: 'Готовая запись с параметрами вместо record (и вместо on, key и once, если их нет): presets list, presets show.',
      en:
        'A shipped record with parameters in place of record (and of on, key and once unless given): presets ' +
        'list, presets show.',
    }),
  with: mixed({ type: 'object', check: isMap }).meta({
    ru: 'Параметры пресета: значения, формулы или преобразования.',
    en: 'Parameters of the preset: values, formulas or conversions.',
    written: { type: 'object' },
  }),
  when: whenSchema,
  to: string()
    .strict()
    .required()
    .meta({ ru: 'Цель из targets файла connector.yaml.', en: 'A target of connector.yaml.' }),
  key: scalar.meta({
    ru: 'Порядок: доставки одного ключа идут по очереди (по умолчанию кандидат, иначе вакансия).',
    en: 'Order: deliveries of one key go one after another (by default the applicant, else the vacancy).',
  }),
  order: string()
    .strict()
    .oneOf(['strict', 'none'] as const)
    .meta({
      ru: 'none: доставка никого не ждёт и не задерживает.',
      en: 'none: the delivery neither waits for others nor holds them up.',
    }),
  once: scalar.meta({
    ru: 'Второе событие с тем же значением не даёт второй доставки.',
    en: 'A second event with the same value makes no second delivery.',
  }),
  record: mixed({ type: 'object', check: isMap })
    .required()
    .meta({
      ru: 'Запись; её форму задаёт адаптер цели. Текст с «=» в начале — формула JSONata, объект с ключом from — преобразование, остальное — само значение.',
      en:
        'The record; its shape belongs to the adapter of the target. A text that begins with = is a JSONata ' +
        'formula, an object with the key from a conversion, anything else itself.',
      written: { type: 'object', additionalProperties: { $ref: '#/definitions/value' } },
    }),
  tests: array().of(testSchema).meta({
    ru: 'Тесты маппинга: маппинг, который их не проходит, не работает.',
    en: 'Tests of the mapping: one that fails them is refused.',
  }),
}).exact();

/** An object with the key `from` inside of a record. */
export const conversionSchema = object({
  from: scalar.meta({ ru: 'Что преобразовать: формула или значение.', en: 'What is converted: a formula or a value.' }),
  as: string().strict().oneOf(conversionNames).meta({ ru: 'Во что преобразовать.', en: 'What it is converted to.' }),
  format: mixed({ type: 'format', check: isDateFormat })
    .typeError({
      ru: 'здесь нужен вид даты из дня, месяца и года, например dd.mm.yyyy',
      en: 'the form of a date is needed here, made of day, month and year, such as dd.mm.yyyy',
    })
    .meta({
      ru: 'Как записать дату (только с as: date): dd.mm.yyyy, d.m.yy и подобное; без него ГГГГ-ММ-ДД.',
      en: 'How the date is written (with as: date only): dd.mm.yyyy, d.m.yy and the like; without it YYYY-MM-DD.',
      written: { type: 'string', examples: ['dd.mm.yyyy', 'dd/mm/yyyy', 'yyyymmdd'] },
    }),
  max: mixed({
    type: 'length',
    check: (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0,
  })
    .typeError({
      ru: 'здесь нужна длина: целое число больше нуля',
      en: 'a length is needed here: a whole number above zero',
    })
    .meta({
      ru: 'Наибольшая длина: более длинное отклоняется.',
      en: 'The greatest length: what is longer is refused.',
      written: { type: 'integer', minimum: 1 },
    }),
  default: scalar.meta({ ru: 'Что взять, когда значения нет.', en: 'What stands in for a missing value.' }),
  required: boolean().strict().meta({
    ru: 'Без значения маппинг для этого события не выполняется.',
    en: 'Without a value the mapping fails for the event.',
  }),
  lookup: string().strict().meta({
    ru: 'Словарь (файл из папки dictionaries), в котором ищется значение.',
    en: 'The dictionary (a file of the folder dictionaries) that the value is looked up in.',
  }),
  else: scalar.meta({
    ru: 'Если значение не подходит (нет в словаре, не преобразуется, длиннее max): reject — ошибка, empty — пусто; со словарём ещё keep — само значение, или что подставить.',
    en:
      'What follows when the value does not fit (not in the dictionary, not convertible, longer than max): reject or ' +
      'empty; with a dictionary also keep, or the value to put there.',
    written: { anyOf: [{ enum: ['reject', 'empty', 'keep'] }, { type: ['string', 'number', 'boolean'] }] },
  }),
}).exact();
