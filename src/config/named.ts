import { lazy, object, type Schema } from 'yup';

/**
 * A set of named things: every value follows one schema, the names are free. The schema stays in reach of whoever
 * describes it.
 */
export function named<S extends Schema>(schema: S) {
  return lazy((value: unknown) => {
    const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    return object(Object.fromEntries(names.map((name) => [name, schema]))).default({});
  }).meta({ named: schema });
}
