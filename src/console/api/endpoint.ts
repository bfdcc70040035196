import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { InferType, Schema } from 'yup';
import type { Role } from '../../access/role.ts';
import { shape } from '../../shown/shape.ts';
import type { Language, Text } from '../../text.ts';
import { validate } from '../../files/validation.ts';
import { badField } from './api-error.ts';
import type { Caller } from './caller.ts';

/** A request as it came, after it was let in. */
export interface RawCall {
  readonly caller: Caller;
  readonly language: Language;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Where it comes from, as far as a proxy of this machine tells. */
  readonly address: string;
  readonly request: IncomingMessage;
  /** A whole `Set-Cookie`. */
  readonly setCookie: (header: string) => void;
  /** Gives the browser its secret; null takes it away. */
  readonly setSession: (secret: string | null) => void;
}

/** The same, checked. */
interface Call<Query, Body> extends RawCall {
  readonly query: Query;
  readonly body: Body;
}

/** One route of the API, with everything that its description says. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api, e.g. `/deliveries/:id`. */
  readonly path: string;
  /** `anyone`: also who is not logged in. */
  readonly role: Role | 'anyone';
  readonly summary: Text;
  readonly query: Schema | undefined;
  readonly body: Schema | undefined;
  /** Of JSON. */
  readonly answer: Schema;
  readonly kind: 'json' | 'stream' | 'redirect';
  readonly run: (call: RawCall) => Promise<unknown>;
}

const nothing = shape({});

interface Definition<Q extends Schema, B extends Schema, A extends Schema> extends Pick<
  Endpoint,
  'method' | 'path' | 'role' | 'summary'
> {
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  readonly act: (call: Call<InferType<Q>, InferType<B>>) => Promise<InferType<A>>;
}

/** `act` is called with what the schemas let through; anything else is answered 400 with the field named. */
export function endpoint<A extends Schema, Q extends Schema = typeof nothing, B extends Schema = typeof nothing>(
  definition: Definition<Q, B, A>,
): Endpoint {
  const { method, path, role, summary, answer, act } = definition;
  return {
    method,
    path,
    role,
    summary,
    answer,
    kind: 'json',
    query: definition.query,
    body: definition.body,
    run: async (call) =>
      act({
        ...call,
        query: checked(definition.query ?? nothing, call.query, 'query'),
        body: checked(definition.body ?? nothing, call.body ?? {}, 'body'),
      }),
  };
}

/** Answers with a stream of server-sent events. */
export function streamEndpoint(
  definition: Pick<Endpoint, 'path' | 'role' | 'summary'> & { readonly run: (call: RawCall) => Promise<Readable> },
): Endpoint {
  return { ...definition, method: 'get', query: undefined, body: undefined, answer: nothing, kind: 'stream' };
}

/** Sends the browser to the address that `run` gives. */
export function redirectEndpoint<Q extends Schema>(
  definition: Pick<Endpoint, 'path' | 'role' | 'summary'> & {
    readonly query: Q;
    readonly run: (call: RawCall & { readonly query: InferType<Q> }) => Promise<string>;
  },
): Endpoint {
  const { query, run } = definition;
  return {
    ...definition,
    method: 'get',
    body: undefined,
    answer: nothing,
    kind: 'redirect',
    run: (call) => run({ ...call, query: checked(query, call.query, 'query') }),
  };
}

function checked<S extends Schema>(schema: S, value: unknown, whole: string): InferType<S> {
  const { value: cast, problems } = validate(schema, value);
  const [first] = problems;
  if (first !== undefined) throw badField(first.path.length === 0 ? whole : first.path.join('.'), first.text);
  return cast;
}
