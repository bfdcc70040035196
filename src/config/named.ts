import { lazy, object, type Schema } from 'yup';

/**
 * A set of named things: every value follows one schema, the names are free. The schema stays in reach of whoever
 * describes it.
 */
export function named<S extends Schema>(schema: S) {
  return lazy((value: unknown) =>
    object(Object.fromEntries(namesOf(value).map((name) => [name, schema]))).default({}),
  ).meta({ named: schema });
}

/** The same for what every row of the database names: the names are short texts. */
export function namedShortly<S extends Schema>(schema: S) {
  return lazy((value: unknown) =>
    object(
      Object.fromEntries(namesOf(value).map((name) => [name, isShort(name) ? schema : schema.test(refusal)])),
    ).default({}),
  ).meta({ named: schema });
}

const most = 100;

const refusal = {
  name: 'short name',
  message: {
    ru: `имя должно быть не пустым, не длиннее ${most} знаков и без управляющих знаков: им помечена каждая строка базы данных`,
    en: `the name must not be empty, nor longer than ${most} characters, nor have control characters: every row of the database bears it`,
  },
  test: () => false,
};

function isShort(name: string): boolean {
  return name.trim() !== '' && name.length <= most && name.isWellFormed() && !/\p{Cc}/u.test(name);
}

function namesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
