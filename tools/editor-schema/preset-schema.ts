import type { Parameter } from '../../src/mapping/presets/parameter.ts';
import type { Preset } from '../../src/mapping/presets/preset.ts';
import type { JsonSchema } from '../../src/files/json-schema.ts';

const formula: JsonSchema = { type: 'string', pattern: '^=' };
const conversion: JsonSchema = { $ref: '#/definitions/conversion' };

/** What `with` takes once `preset` names this one. */
export function presetSchema({ name, parameters }: Preset, described: JsonSchema): JsonSchema {
  const needed = parameters.flatMap((parameter) => (parameter.required ? [parameter.name] : []));
  return {
    if: { properties: { preset: { const: name } }, required: ['preset'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits it
    then: {
      properties: {
        with: {
          ...described,
          type: 'object',
          properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterSchema(parameter)])),
          ...(needed.length > 0 && { required: needed }),
          additionalProperties: false,
        },
      },
      ...(needed.length > 0 && { required: ['with'] }),
    },
  };
}

function parameterSchema({ type, oneOf, about, default: standard, example }: Parameter): JsonSchema {
  return {
    description: `${about.ru}\n\n${about.en}`,
    ...valueSchema(type, oneOf),
    ...(standard !== undefined && { default: standard }),
    ...(example !== undefined && { examples: [example] }),
  };
}

function valueSchema(type: Parameter['type'], oneOf: readonly string[]): JsonSchema {
  switch (type) {
    case 'text':
      return { anyOf: [{ type: 'string' }, conversion] };
    case 'number':
      return { anyOf: [{ type: 'number' }, formula, conversion] };
    case 'flag':
      return { type: 'boolean' };
    case 'choice':
      return { anyOf: [{ enum: oneOf }, formula] };
    case 'names':
      return { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 };
  }
}
