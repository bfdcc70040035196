import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** A checked-in schema, compiled by a validator that refuses keywords it does not know. */
export function compiled(name: 'connector' | 'mapping'): ValidateFunction {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  return ajv.compile(readSchema(name));
}

export function readSchema(name: 'connector' | 'mapping'): Record<string, unknown> {
  return JSON.parse(readFileSync(`docs/schemas/${name}.schema.json`, 'utf8'));
}

/** What a schema has against a value, as `path: sentence`. */
export function faultsOf(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
