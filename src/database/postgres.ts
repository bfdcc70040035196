import { createHash } from 'node:crypto';
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;

/** int8 as a number: ids, times and counts stay below 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format);
  },
};

const connections = 10;
/** A transaction of ours never waits between two statements: one that does has lost its process, and its locks must not outlive it. */
const transactionIdle = 5000;

/**
 * PostgreSQL 16 or newer. Planning is half the cost of a small statement, so statements are prepared under a name of their
 * own and planned once (measured in the design's prototype). With `?pooled=true` in the URL, for a pooler in transaction mode,
 * nothing is kept on a connection: no names, no LISTEN.
 */
export function postgresDialect(url: string, lost: (error: Error) => void): Dialect {
  return new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({ ...connectionOptions(url), max: connections, types });
      // A connection that dies while idle is replaced at the next query; unheard, the event would end the process.
      pool.on('error', lost);
      const named = !isPooled(url);
      pool.on('connect', (client) => prepareClient(client, named));
      return pool;
    },
  });
}

export function connectionOptions(url: string): pg.ClientConfig {
  const address = new URL(url);
  address.searchParams.delete('pooled');
  return {
    connectionString: address.href,
    application_name: 'huntflow-connector',
    connectionTimeoutMillis: 5000,
    // A server that vanished without a word must not hold a commit for hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: 30_000,
  };
}

export function isPooled(url: string): boolean {
  return new URL(url).searchParams.get('pooled') === 'true';
}

/**
 * Three traps of pg: Kysely sends no names, and pg prepares a statement once for each connection and name. A query that timed
 * out still occupies its connection, and with it perhaps an open transaction: the next caller would get both. A backend that
 * dies between two statements of a transaction is an `error` that the pool does not hear.
 */
function prepareClient(client: pg.PoolClient, named: boolean): void {
  client.on('error', () => undefined); // the next statement says so too
  const query = client.query.bind(client) as (text: unknown, values?: unknown, ...rest: unknown[]) => unknown;
  const prepared = (text: unknown, values?: unknown, ...rest: unknown[]) => {
    const kept = Array.isArray(values) ? values.map(withoutNul) : values;
    const result = named && typeof text === 'string' && Array.isArray(kept) && kept.length > 0
      ? query({ name: nameOf(text), text, values: kept }, ...rest)
      : query(text, kept, ...rest);
    if (result instanceof Promise) result.catch((error: unknown) => {
      // With a query under way this destroys the socket; the pool drops a client that is ending.
      if (error instanceof Error && error.message === 'Query read timeout') void (client as unknown as pg.Client).end().catch(() => undefined);
    });
    return result;
  };
  client.query = prepared as typeof client.query;
  if (named) void client.query(`set plan_cache_mode = force_generic_plan; set idle_in_transaction_session_timeout = ${transactionIdle}`).catch(() => undefined);
}

/** The one character that JSON may hold and PostgreSQL's text may not; a field of a signed webhook must not make it unacceptable. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

const names = new Map<string, string>();
const namesKept = 1000;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  if (names.size >= namesKept) names.clear();
  names.set(text, name);
  return name;
}
