import { type Kysely, PostgresAdapter } from 'kysely';
import type { Tables } from './schema.ts';

/** What lists and reports are asked of; on SQLite it can only read. */
export type Executor = Kysely<Tables>;

export function isPostgres(executor: Executor): boolean {
  return executor.getExecutor().adapter instanceof PostgresAdapter;
}
