import { schemaAt, type JsonSchema } from '../../files/json-schema.ts';
import { jsonSchemaOf } from '../../files/json-schema-of.ts';
import { shape, text } from '../../shown/shape.ts';
import type { Endpoint } from './endpoint.ts';

const error = shape({
  error: shape({
    code: text(),
    field: text().optional(),
    /** With 409: how it is now, and who made it so. */
    state: text().optional(),
    by: text().optional(),
    text: shape({ ru: text(), en: text() }),
  }),
});

const refusals = {
  '400': 'The field that is wrong is named',
  '401': 'Nobody is logged in',
  '403': 'Not with this role, or not from there',
  '404': 'There is no such thing',
  '409': 'In a wrong state, or somebody was faster: the state and who',
} as const;

/** OpenAPI 3.1 of these routes. */
export function openApi(endpoints: readonly Endpoint[], version: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const each of endpoints) (paths[`/api${braced(each.path)}`] ??= {})[each.method] = operation(each);
  return {
    openapi: '3.1.0',
    info: { title: 'huntflow-connector', version },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: jsonSchemaOf(error, 'api') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'huntflow-connector' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ session: [] }, { token: [] }],
  };
}

function operation({ method, path, role, summary, query, body, answer, kind }: Endpoint): JsonSchema {
  return {
    operationId: `${method}${path.replaceAll(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: summary.en,
    description: `${summary.ru}\n\nRole: ${role}`,
    parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(jsonSchemaOf(query, 'api')))],
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchemaOf(body, 'api') } } },
    }),
    responses: {
      ...(kind === 'redirect'
        ? { '302': { description: 'Found' } }
        : { '200': { description: 'OK', content: contentOf(kind, answer) } }),
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          status,
          { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
    },
  };
}

function contentOf(kind: Endpoint['kind'], answer: Endpoint['answer']): JsonSchema {
  return kind === 'stream'
    ? { 'text/event-stream': { schema: { type: 'string' } } }
    : { 'application/json': { schema: jsonSchemaOf(answer, 'api') } };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: name === 'id' ? 'integer' : 'string' },
  }));
}

function queryParameters(schema: JsonSchema): JsonSchema[] {
  return Object.entries(schemaAt(schema, 'properties')).map(([name, one]) => ({ name, in: 'query', schema: one }));
}

function braced(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}
