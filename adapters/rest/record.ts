import { boolean, mixed, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { isAnswerPath } from './answer-path.ts';
import { credentialHeaders, headerMap, isMapOf, isScalar, ownHeaders } from './header-map.ts';
import type { HttpMethod, Query } from '../http.ts';
import type { HeaderMap } from './header-map.ts';

type RestMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

const method = string().oneOf(['POST', 'PUT', 'PATCH', 'DELETE'] as const);
/** Parameters of an address. */
export const query = mixed<Query>().test(
  'query',
  say(
    'query: набор «имя: значение» или «имя: список значений»',
    'query: a set of `name: value` or `name: list of values`',
  ),
  isQuery,
);
const headers = headerMap([...ownHeaders, ...credentialHeaders]);

/** One request; `path` lies within baseUrl, a body is any JSON, and null is the same as none. */
const request = { query, headers, body: mixed().nullable() };

const answerPath = string()
  .nullable()
  .test(
    'answer path',
    say(
      'id: путь в ответе без формул, например data.items[0].id',
      'id: a path within the answer and no formula, e.g. data.items[0].id',
    ),
    (value) => value === undefined || value === null || isAnswerPath(value),
  );

const restOf = object({
  kind: string().required(),
  id: mixed<string | number>(
    (value): value is string | number => typeof value === 'string' || typeof value === 'number',
  ).required(),
  role: string().nullable(),
})
  .noUnknown()
  .default(undefined)
  .nullable();

/** One request, or a pair: `create`, and `update` for what was created, which `of` names. */
export const restRecord = object({
  method: method.default('POST'),
  path: string(),
  ...request,
  of: restOf,
  create: object({ method, path: string().required(), ...request })
    .noUnknown()
    .default(undefined)
    .nullable(),
  update: object({ method, path: string().required(), ...request })
    .noUnknown()
    .default(undefined)
    .nullable(),
  find: object({ path: string().required(), query, headers, id: answerPath, always: boolean() })
    .noUnknown()
    .default(undefined)
    .nullable(),
  id: answerPath,
})
  .noUnknown()
  .required()
  .test('one way', (value, context) => {
    const { path, of, create, update, find, id } = value;
    if (create ? of && path === undefined : path !== undefined && !of && !update && !find && !id) return true;
    return context.createError({
      path: create
        ? `${context.path}${context.path === '' ? '' : '.'}of`
        : `${context.path}${context.path === '' ? '' : '.'}path`,
      message: say(
        'запись — либо один запрос с path, либо пара: of (что это), create и, если нужно, update, find, id',
        'a record is one request with path, or a pair: of (what it stands for), create and, where needed, update, find, id',
      ),
    });
  });

/** One request, as mappings give it: what has a default may be left out. */
interface RequestRecord {
  readonly method?: RestMethod | undefined;
  readonly path: string;
  readonly query?: Query | null | undefined;
  readonly headers?: HeaderMap | null | undefined;
  readonly body?: unknown;
}

/** What goes out: a record's request, or the question before a create. */
export interface SentRequest extends Omit<RequestRecord, 'method'> {
  readonly method?: HttpMethod | undefined;
  /** Whether it may go again when a kept connection breaks under it; unless said, what the target allows. */
  readonly again?: boolean;
}

/** What is asked (GET) whether the target has it already; `id`: where its answer has the id. */
export interface FindRecord {
  readonly path: string;
  readonly query?: Query | null | undefined;
  readonly headers?: HeaderMap | null | undefined;
  readonly id?: string | null | undefined;
  /** Also before the first create. */
  readonly always?: boolean | undefined;
}

export interface PairRecord {
  readonly of: { readonly kind: string; readonly id: string | number; readonly role?: string | null | undefined };
  readonly create: RequestRecord;
  /** `{id}` in its path; PUT unless said. */
  readonly update?: RequestRecord | null | undefined;
  readonly find?: FindRecord | null | undefined;
  /** Where the answer to `create` has the id; `id` unless said. */
  readonly id?: string | null | undefined;
}

export type RestRecord = RequestRecord | PairRecord;

function isQuery(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    isMapOf(value, (one) => isScalar(one) || (Array.isArray(one) && one.every(isScalar)))
  );
}
