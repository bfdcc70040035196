import { conversionSchema, fileSchema } from '../../src/mapping/file/schema.ts';
import { fromYup } from './from-yup.ts';
import type { JsonSchema } from './json-schema.ts';

/** A mapping file. What a record has to be is up to the target's adapter, so only `check` knows that. */
export function mappingSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'huntflow-connector mapping',
    ...fromYup(fileSchema, 'mapping'),
    definitions: {
      value: {
        anyOf: [
          { type: ['string', 'number', 'boolean', 'null'] },
          { $ref: '#/definitions/conversion' },
          { type: 'object', not: { required: ['from'] }, additionalProperties: { $ref: '#/definitions/value' } },
          { type: 'array', items: { $ref: '#/definitions/value' } },
        ],
      },
      conversion: { ...fromYup(conversionSchema, 'mapping'), required: ['from'] },
    },
  };
}
