import { setLocale } from 'yup';
import type { Text } from '../text.ts';

interface MessageParams {
  readonly path?: string;
  readonly type?: string;
  readonly values?: unknown;
  readonly min?: number;
  readonly max?: number;
}

function label(params: MessageParams): string {
  return params.path ? `«${params.path}»` : '';
}

const typeNames: Readonly<Record<string, Text>> = {
  number: { ru: 'нужно число', en: 'a number' },
  string: { ru: 'нужен текст', en: 'a text' },
  boolean: { ru: 'нужно true или false', en: 'true or false' },
  object: { ru: 'нужен набор «ключ: значение»', en: 'a set of `key: value`' },
  array: { ru: 'нужен список', en: 'a list' },
  date: { ru: 'нужна дата', en: 'a date' },
};

// yup's own sentences quote the value, which may be a password or a person's name; ours never do. A schema takes its
// sentences along when it is made, so whoever makes one imports this file before.
setLocale({
  mixed: {
    default: (params: MessageParams) => ({
      ru: `${label(params)}: недопустимое значение`,
      en: `${label(params)} is not valid`,
    }),
    required: (params: MessageParams) => ({
      ru: `${label(params)}: обязательное значение не задано`,
      en: `${label(params)} is required and missing`,
    }),
    defined: (params: MessageParams) => ({
      ru: `${label(params)}: обязательное значение не задано`,
      en: `${label(params)} is required and missing`,
    }),
    notNull: (params: MessageParams) => ({
      ru: `${label(params)}: значение не может быть пустым`,
      en: `${label(params)} may not be empty`,
    }),
    oneOf: (params: MessageParams) => ({
      ru: `${label(params)}: допустимо одно из: ${String(params.values)}`,
      en: `${label(params)} must be one of: ${String(params.values)}`,
    }),
    notType: (params: MessageParams) => {
      const name = typeNames[params.type ?? ''] ?? { ru: 'нужен другой тип', en: 'another type' };
      return { ru: `${label(params)}: здесь ${name.ru}`, en: `${label(params)} must be ${name.en}` };
    },
  },
  string: {
    min: (params: MessageParams) => ({
      ru: `${label(params)}: не короче ${params.min} символов`,
      en: `${label(params)} must have at least ${params.min} characters`,
    }),
    max: (params: MessageParams) => ({
      ru: `${label(params)}: не длиннее ${params.max} символов`,
      en: `${label(params)} must have at most ${params.max} characters`,
    }),
    matches: (params: MessageParams) => ({
      ru: `${label(params)}: неверный формат`,
      en: `${label(params)} has the wrong form`,
    }),
    url: (params: MessageParams) => ({
      ru: `${label(params)}: нужен адрес вида https://…`,
      en: `${label(params)} must be an address like https://…`,
    }),
  },
  number: {
    min: (params: MessageParams) => ({
      ru: `${label(params)}: не меньше ${params.min}`,
      en: `${label(params)} must be at least ${params.min}`,
    }),
    max: (params: MessageParams) => ({
      ru: `${label(params)}: не больше ${params.max}`,
      en: `${label(params)} must be at most ${params.max}`,
    }),
    integer: (params: MessageParams) => ({
      ru: `${label(params)}: нужно целое число`,
      en: `${label(params)} must be a whole number`,
    }),
    positive: (params: MessageParams) => ({
      ru: `${label(params)}: нужно число больше нуля`,
      en: `${label(params)} must be more than zero`,
    }),
  },
  array: {
    min: (params: MessageParams) => ({
      ru: `${label(params)}: не меньше ${params.min} элементов`,
      en: `${label(params)} must have at least ${params.min} items`,
    }),
  },
});
