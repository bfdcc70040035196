import { type Dialect, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Pooler } from './pooler.ts';
import { type Planning, Session } from './session.ts';

const int8 = 20;

/** int8 as a number: ids, times and counts stay below 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format);
  },
};

/** What people ask must not wait for the road, nor the road for them. */
const connections: Readonly<Record<Planning, number>> = { once: 10, anew: 4 };

/**
 * PostgreSQL 16 or newer. Planning is half the cost of a small statement, so those of the road are prepared under a
 * name of their own and planned once (measured in the design's prototype), unless there is a pooler that would lose
 * them. Nothing is connected before it is needed.
 */
export function connectionPool(url: string, pooler: Pooler, planning: Planning, lost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(url),
    max: connections[planning],
    types,
    onConnect: (client) => Session.begin(client, pooler, planning),
  });
  // A connection that dies while idle is replaced at the next query; unheard, the event would end the process.
  pool.on('error', lost);
  return pool;
}

export function postgresDialect(pool: pg.Pool): Dialect {
  const dialect = new PostgresDialect({ pool });
  dialect.createAdapter = () => new LocklessAdapter();
  return dialect;
}

/** The lock of a migration is its transaction's (`migrate.ts`). */
class LocklessAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
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
