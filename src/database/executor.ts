import { type Kysely, PostgresAdapter, type Transaction as KyselyTransaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Whatever runs queries: the database itself or one of its transactions. */
export type Executor = Kysely<Tables>;
export type Transaction = KyselyTransaction<Tables>;

export function isPostgres(executor: Executor): boolean {
  return executor.getExecutor().adapter instanceof PostgresAdapter;
}
