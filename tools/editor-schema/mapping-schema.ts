import { conversionSchema, fileSchema } from '../../src/mapping/file/schema.ts';
import type { Preset } from '../../src/mapping/presets/preset.ts';
import { jsonSchemaOf } from '../../src/files/json-schema-of.ts';
import { type JsonSchema, schemaAt } from '../../src/files/json-schema.ts';
import { presetSchema } from './preset-schema.ts';

/** Without a preset the file says itself what it takes and what it makes. */
function withoutPreset(described: (key: string) => JsonSchema): JsonSchema {
  return {
    if: { not: { properties: { preset: true }, required: ['preset'] } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits it
    then: { properties: { on: described('on'), record: described('record') }, required: ['on', 'record'] },
  };
}

/** A mapping file. What a record has to be is up to the target's adapter, so only `check` knows that. */
export function mappingSchema(presets: ReadonlyMap<string, Preset>): JsonSchema {
  const file = jsonSchemaOf(fileSchema, 'mapping');
  const described = (key: string): JsonSchema => {
    const { description } = schemaAt(file, 'properties', key);
    return { description };
  };
  const { type: _, ...preset } = schemaAt(file, 'properties', 'preset');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'huntflow-connector mapping',
    ...file,
    required: ['mapping', 'to'],
    properties: { ...schemaAt(file, 'properties'), preset: { ...preset, enum: [...presets.keys()] } },
    allOf: [withoutPreset(described), ...[...presets.values()].map((one) => presetSchema(one, described('with')))],
    definitions: {
      value: {
        anyOf: [
          { type: ['string', 'number', 'boolean', 'null'] },
          { $ref: '#/definitions/conversion' },
          { type: 'object', not: { required: ['from'] }, additionalProperties: { $ref: '#/definitions/value' } },
          { type: 'array', items: { $ref: '#/definitions/value' } },
        ],
      },
      conversion: { ...jsonSchemaOf(conversionSchema, 'mapping'), required: ['from'] },
    },
  };
}
