import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type Executor, isPostgres } from './executor.ts';
import * as road from './migrations/0001-road.ts';
import * as mappings from './migrations/0002-mappings.ts';
import * as budgets from './migrations/0003-budgets.ts';

/** Forward only, in this order; one file serves every database. */
const migrations = { '0001-road': road, '0002-mappings': mappings, '0003-budgets': budgets };

/** Kysely's own number. */
const lock = sql.lit(3853314791062309107n);

/** Thrown when the schema cannot be brought up to date. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export async function migrate(queries: Executor): Promise<void> {
  try {
    if (isPostgres(queries)) await checkVersion(queries);
    if (isPostgres(queries)) await queries.transaction().execute(async (transaction) => {
      // The lock of a session, which Kysely would take, belongs to nobody behind a pooler: it would stay, and lock out the next start.
      await sql`select pg_advisory_xact_lock(${lock})`.execute(transaction);
      await migrateToLatest(transaction);
    });
    else await migrateToLatest(queries);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    const words = error instanceof Error ? error.message : 'of an unknown error';
    if (words.includes('corrupted migrations')) throw new MigrationError('the database was written by a newer version of huntflow-connector: start that version, or restore a backup');
    throw new MigrationError(`the database schema could not be brought up to date: ${words}`);
  }
}

async function checkVersion(queries: Executor): Promise<void> {
  const { rows: [server] } = await sql<{ readonly number: number; readonly version: string }>`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`.execute(queries);
  if (server !== undefined && server.number < 160_000) throw new MigrationError(`PostgreSQL 16 or newer is needed, and this server is ${server.version}`);
}

async function migrateToLatest(queries: Executor): Promise<void> {
  const { error } = await new Migrator({ db: queries, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error !== undefined) throw error;
}
