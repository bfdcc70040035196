import type { AdapterClass } from '../../src/adapter.ts';
import { configSchema } from '../../src/config/schema.ts';
import { jsonSchemaOf } from '../../src/files/json-schema-of.ts';
import { type JsonSchema, schemaAt } from '../../src/files/json-schema.ts';

/**
 * connector.yaml, with the settings of every shipped adapter. An adapter of one's own has settings that only `check`
 * knows.
 */
export function connectorSchema(adapters: ReadonlyMap<string, AdapterClass>): JsonSchema {
  const config = jsonSchemaOf(configSchema, 'config');
  const targets = schemaAt(config, 'properties', 'targets');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'connector.yaml',
    ...config,
    properties: {
      ...schemaAt(config, 'properties'),
      targets: { ...targets, additionalProperties: target(schemaAt(targets, 'additionalProperties'), adapters) },
    },
  };
}

function target(schema: JsonSchema, adapters: ReadonlyMap<string, AdapterClass>): JsonSchema {
  const { description } = schemaAt(schema, 'properties', 'adapter');
  return {
    ...schema,
    properties: {
      ...schemaAt(schema, 'properties'),
      adapter: {
        description,
        anyOf: [{ enum: [...adapters.keys()] }, { type: 'string', pattern: String.raw`[./\\]|\$\{` }],
      },
    },
    allOf: [...adapters].map(([name, { settings }]) => ({
      if: { properties: { adapter: { const: name } }, required: ['adapter'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits it
      then: settingsOf(jsonSchemaOf(settings, 'config')),
    })),
  };
}

function settingsOf(settings: JsonSchema): JsonSchema {
  return { properties: { settings }, ...('required' in settings && { required: ['settings'] }) };
}
