/** JSON Schema draft-07: what the YAML support of editors reads best. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema a path of keywords leads to; empty where there is none. */
export function schemaAt(schema: JsonSchema, ...path: readonly string[]): JsonSchema {
  let at: unknown = schema;
  for (const step of path) at = isJsonSchema(at) ? at[step] : undefined;
  return isJsonSchema(at) ? at : {};
}
