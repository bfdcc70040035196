import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { isJsonSchema, schemaAt } from '../../src/files/json-schema.ts';

/** Holds an answer against what openapi.json says of its route, such as `/bulk/{id}`. */
export function expectDescribed(openapi: unknown, method: string, route: string, json: unknown): void {
  const schema = schemaAt(
    isJsonSchema(openapi) ? openapi : {},
    'paths',
    `/api${route}`,
    method,
    'responses',
    '200',
    'content',
    'application/json',
    'schema',
  );
  const fits = new Ajv2020({ strict: false }).compile(schema);
  expect(fits(json), `${method} ${route}: ${JSON.stringify(fits.errors)}`).to.equal(true);
}
