import { sql } from 'kysely';
import { type Executor, isPostgres } from '../executor.ts';

/** The last id that a table has ever given, also of a row that is gone: none is given twice. */
export async function lastGiven(queries: Executor, table: string): Promise<number> {
  if (isPostgres(queries)) {
    const { rows } = await sql<{ last: number | null }>`
      select last_value as last from pg_sequences
      where schemaname = current_schema() and format('%I.%I', schemaname, sequencename)::regclass
        = pg_get_serial_sequence(quote_ident(${table}), 'id')::regclass`.execute(queries);
    return rows[0]?.last ?? 0;
  }
  const { rows } = await sql<{ last: number }>`select seq as last from sqlite_sequence where name = ${table}`.execute(
    queries,
  );
  return rows[0]?.last ?? 0;
}
