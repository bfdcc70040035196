import type { ISchema, SchemaDescription, SchemaFieldDescription } from 'yup';
import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import { property } from '../process/property.ts';

/**
 * `config`: values are cast after `${NAME}` was put in, so a text may stand for anything. `mapping`: values are what
 * they look like. `api`: a key that may be missing says so, and an empty text is one.
 */
export type Reading = 'config' | 'mapping' | 'api';

/** What stands for a value that only the environment knows. */
const environmentText: JsonSchema = { type: 'string', pattern: String.raw`\$\{` };

/** What an editor can know of a yup schema: conditions that are code stay with `check`. */
export function jsonSchemaOf(schema: ISchema<unknown>, reading: Reading): JsonSchema {
  return fromDescription(schema.describe(), reading);
}

function fromDescription(description: SchemaFieldDescription, reading: Reading): JsonSchema {
  const { meta } = 'meta' in description ? description : {};
  const words = meta?.ru === undefined || meta.en === undefined ? {} : { description: `${meta.ru}\n\n${meta.en}` };
  if (meta?.named !== undefined)
    return { ...words, type: 'object', additionalProperties: jsonSchemaOf(meta.named, reading) };
  const value = isPlain(description) ? valueOf(description, meta?.written, reading) : {};
  return { ...words, ...value };
}

function isPlain(description: SchemaFieldDescription): description is SchemaDescription {
  return 'tests' in description;
}

function valueOf(description: SchemaDescription, written: JsonSchema | undefined, reading: Reading): JsonSchema {
  const one = written ?? typed(description, reading);
  const more = [
    ...(reading === 'config' ? inText(description, one) : []),
    ...(description.nullable && !isOpen(one) ? [{ type: 'null' }] : []),
  ];
  const standard = defaultOf(description, written);
  return more.length === 0 ? { ...one, ...standard } : { anyOf: [one, ...more], ...standard };
}

function typed(description: SchemaDescription, reading: Reading): JsonSchema {
  switch (description.type) {
    case 'object':
      return object(description, reading);
    case 'array':
      return array(description, reading);
    case 'string':
      return string(description, reading);
    case 'number':
      return { type: has(description, 'integer') ? 'integer' : 'number', ...range(description) };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return {};
  }
}

function object(description: SchemaDescription, reading: Reading): JsonSchema {
  const fields = fieldsOf(description);
  const required = Object.keys(fields).filter((key) => isNeeded(fields[key], reading));
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, fromDescription(field, reading)]),
    ),
    ...(required.length > 0 && { required }),
    ...((has(description, 'noUnknown') || has(description, 'exact')) && { additionalProperties: false }),
  };
}

function array(description: SchemaDescription, reading: Reading): JsonSchema {
  const inner = 'innerType' in description ? asDescription(description.innerType) : undefined;
  const least = paramOf(description, 'min', 'min');
  return {
    type: 'array',
    ...(inner && { items: fromDescription(inner, reading) }),
    ...(typeof least === 'number' && { minItems: least }),
  };
}

function string(description: SchemaDescription, reading: Reading): JsonSchema {
  if (description.oneOf.length > 0) return { enum: description.oneOf };
  const pattern = paramOf(description, 'matches', 'regex');
  const shortest = paramOf(description, 'min', 'min');
  return {
    // yup makes a text of what YAML took for a number; a pattern holds for texts only
    type: reading === 'config' ? ['string', 'number', 'boolean'] : 'string',
    ...(pattern instanceof RegExp && !pattern.flags.includes('i') && { pattern: pattern.source }),
    // required refuses the empty text too
    ...(typeof shortest === 'number'
      ? { minLength: shortest }
      : reading !== 'api' && !description.optional && { minLength: 1 }),
  };
}

function range(description: SchemaDescription): JsonSchema {
  const least = paramOf(description, 'min', 'min');
  const above = paramOf(description, 'min', 'more');
  const most = paramOf(description, 'max', 'max');
  return {
    ...(typeof least === 'number' && { minimum: least }),
    ...(typeof above === 'number' && { exclusiveMinimum: above }),
    ...(typeof most === 'number' && { maximum: most }),
  };
}

/** The texts that stand for a value of a config. */
function inText(description: SchemaDescription, one: JsonSchema): JsonSchema[] {
  switch (description.type) {
    case 'number':
      return [
        one['type'] === 'integer' || one['type'] === 'number'
          ? { type: 'string', pattern: String.raw`^\s*-?\d+(\.\d+)?\s*$|\$\{` }
          : environmentText,
      ];
    case 'boolean':
      return [{ enum: [0, 1] }, { type: 'string', pattern: String.raw`^([Tt]rue|[Ff]alse|0|1)$|\$\{` }];
    case 'string':
      return 'enum' in one || 'pattern' in one ? [environmentText] : [];
    default:
      return [];
  }
}

function isOpen(schema: JsonSchema): boolean {
  return !['type', 'anyOf', 'enum', '$ref'].some((keyword) => keyword in schema);
}

/** What a person would write; a cast one, such as milliseconds, would not be understood. */
function defaultOf({ default: value, type }: SchemaDescription, written: JsonSchema | undefined): JsonSchema {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return plain && written === undefined && type !== 'mixed' ? { default: value } : {};
}

/** Required itself, or a set with a required key inside that nothing stands in for. */
function isNeeded(description: SchemaFieldDescription | undefined, reading: Reading): boolean {
  if (description === undefined) return false;
  if (reading === 'api') return !('optional' in description) || !description.optional;
  if (!isPlain(description)) return false;
  if (description.type !== 'object') return !description.optional && description.default === undefined;
  return (
    description.default !== undefined && Object.values(fieldsOf(description)).some((field) => isNeeded(field, reading))
  );
}

function fieldsOf(description: SchemaDescription): Readonly<Record<string, SchemaFieldDescription>> {
  const fields: Record<string, SchemaFieldDescription> = {};
  const described = property(description, 'fields');
  for (const [key, value] of isJsonSchema(described) ? Object.entries(described) : []) {
    const field = asDescription(value);
    if (field !== undefined) fields[key] = field;
  }
  return fields;
}

function asDescription(value: unknown): SchemaFieldDescription | undefined {
  return isDescription(value) ? value : undefined;
}

function isDescription(value: unknown): value is SchemaFieldDescription {
  return isJsonSchema(value) && typeof value['type'] === 'string';
}

function has({ tests }: SchemaDescription, name: string): boolean {
  return tests.some((test) => test.name === name);
}

function paramOf({ tests }: SchemaDescription, name: string, param: string): unknown {
  return tests.find((test) => test.name === name)?.params?.[param];
}
