import { sql } from 'kysely';
import type { Tables } from './schema.ts';

/** A table for a query of SQLite that must walk this index, under its own name; Kysely has no word for what follows it. */
export function walkedBy<Table extends keyof Tables>(table: Table, index: string): Table {
  return sql.table(table).as(sql`${sql.table(table)} indexed by ${sql.ref(index)}`) as unknown as Table;
}
