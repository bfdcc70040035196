import { type InferType, type ObjectSchema, reach, type Schema, setLocale, ValidationError } from 'yup';
import { nearest } from './did-you-mean.ts';
import { isText, type Text, verbatim } from './text.ts';

export type Path = readonly (string | number)[];

/** One thing yup found wrong; `path` leads to the value, or to the key that should not be there. */
export interface Problem {
  readonly path: Path;
  readonly unknownKey: boolean;
  readonly text: Text;
}

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
  number: { ru: 'число', en: 'a number' },
  string: { ru: 'текст', en: 'a text' },
  boolean: { ru: 'true или false', en: 'true or false' },
  object: { ru: 'набор «ключ: значение»', en: 'a set of `key: value`' },
  array: { ru: 'список', en: 'a list' },
  date: { ru: 'дата', en: 'a date' },
};

// yup's own sentences quote the value, which may be a password or a person's name; ours never do.
setLocale({
  mixed: {
    default: (params: MessageParams) => ({ ru: `${label(params)}: недопустимое значение`, en: `${label(params)} is not valid` }),
    required: (params: MessageParams) => ({ ru: `${label(params)}: обязательное значение не задано`, en: `${label(params)} is required and missing` }),
    defined: (params: MessageParams) => ({ ru: `${label(params)}: обязательное значение не задано`, en: `${label(params)} is required and missing` }),
    notNull: (params: MessageParams) => ({ ru: `${label(params)}: значение не может быть пустым`, en: `${label(params)} may not be empty` }),
    oneOf: (params: MessageParams) => ({ ru: `${label(params)}: допустимо одно из: ${String(params.values)}`, en: `${label(params)} must be one of: ${String(params.values)}` }),
    notType: (params: MessageParams) => {
      const name = typeNames[params.type ?? ''] ?? { ru: 'другой тип', en: 'another type' };
      return { ru: `${label(params)}: здесь нужно ${name.ru}`, en: `${label(params)} must be ${name.en}` };
    },
  },
  string: {
    min: (params: MessageParams) => ({ ru: `${label(params)}: не короче ${params.min} символов`, en: `${label(params)} must have at least ${params.min} characters` }),
    max: (params: MessageParams) => ({ ru: `${label(params)}: не длиннее ${params.max} символов`, en: `${label(params)} must have at most ${params.max} characters` }),
    matches: (params: MessageParams) => ({ ru: `${label(params)}: неверный формат`, en: `${label(params)} has the wrong form` }),
    url: (params: MessageParams) => ({ ru: `${label(params)}: нужен адрес вида https://…`, en: `${label(params)} must be an address like https://…` }),
  },
  number: {
    min: (params: MessageParams) => ({ ru: `${label(params)}: не меньше ${params.min}`, en: `${label(params)} must be at least ${params.min}` }),
    max: (params: MessageParams) => ({ ru: `${label(params)}: не больше ${params.max}`, en: `${label(params)} must be at most ${params.max}` }),
    integer: (params: MessageParams) => ({ ru: `${label(params)}: нужно целое число`, en: `${label(params)} must be a whole number` }),
    positive: (params: MessageParams) => ({ ru: `${label(params)}: нужно число больше нуля`, en: `${label(params)} must be more than zero` }),
  },
  array: {
    min: (params: MessageParams) => ({ ru: `${label(params)}: не меньше ${params.min} элементов`, en: `${label(params)} must have at least ${params.min} items` }),
  },
});

/** The value as the schema casts it, or everything that is wrong with it. Unknown keys are refused where the schema says `noUnknown` or `exact`. */
export function validate<S extends Schema>(schema: S, value: unknown): { readonly value: InferType<S> | undefined; readonly problems: readonly Problem[] } {
  try {
    return { value: schema.validateSync(value, { abortEarly: false, stripUnknown: false }), problems: [] };
  } catch (error) {
    if (!ValidationError.isError(error)) throw error;
    const single = error.inner.length > 0 ? error.inner : [error];
    return { value: undefined, problems: single.flatMap((each) => problemsOf(schema, value, each)) };
  }
}

function problemsOf(schema: Schema, value: unknown, error: ValidationError): Problem[] {
  const path = parsePath(error.path ?? '');
  const unknown = error.params?.['unknown'] ?? error.params?.['properties'];
  if ((error.type === 'noUnknown' || error.type === 'exact') && typeof unknown === 'string') {
    const known = keysOf(schema, error.path ?? '', value);
    return unknown.split(', ').map((key) => ({ path: [...path, key], unknownKey: true, text: unknownKeyText(key, known) }));
  }
  return error.errors.map((text: unknown) => ({ path, unknownKey: false, text: isText(text) ? text : verbatim(String(text)) }));
}

function unknownKeyText(key: string, known: readonly string[]): Text {
  const guess = nearest(key, known);
  if (guess !== undefined) return { ru: `неизвестный ключ «${key}», возможно, «${guess}»`, en: `unknown key "${key}", did you mean "${guess}"?` };
  if (known.length === 0) return { ru: `неизвестный ключ «${key}»`, en: `unknown key "${key}"` };
  return { ru: `неизвестный ключ «${key}»; здесь возможны: ${known.join(', ')}`, en: `unknown key "${key}"; known here: ${known.join(', ')}` };
}

function keysOf(schema: Schema, path: string, value: unknown): string[] {
  try {
    const at = path === '' ? schema : reach(schema, path, value);
    return isObjectSchema(at) ? Object.keys(at.fields) : [];
  } catch {
    return []; // a lazy schema that cannot be reached without its value: no guess then
  }
}

function isObjectSchema(schema: unknown): schema is ObjectSchema<Record<string, unknown>> {
  return typeof schema === 'object' && schema !== null && 'fields' in schema;
}

/** yup writes paths as `a.b[0]["c.d"]`. */
export function parsePath(path: string): Path {
  const parts: (string | number)[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    const [, quoted, index, plain] = match;
    if (index !== undefined) parts.push(Number(index));
    else parts.push(quoted ?? plain ?? '');
  }
  return parts;
}
