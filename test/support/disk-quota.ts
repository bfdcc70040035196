import { sql } from 'kysely';
import type { Database } from '../../src/database/database.ts';
import type { Executor } from '../../src/database/executor.ts';
import { Procedure } from '../../src/database/procedure.ts';

/**
 * Room for so many more pages: SQLite then says the same as on a full disk. A connection keeps its own limit, so each
 * that writes is told.
 */
export async function setDiskQuota(database: Database, pages: number): Promise<void> {
  await limitPages(database.queries, pages);
  await database.call(limitWriter, pages);
}

export const limitWriter = new Procedure(import.meta.url, 'limitWriter', limitPages);

async function limitPages(executor: Executor, pages: number): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(executor);
  await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + pages)}`.execute(executor);
}
