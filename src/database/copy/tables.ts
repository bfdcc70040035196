import { sql } from 'kysely';
import { type Executor, isPostgres } from '../executor.ts';

/** A table as a copy sees it. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of the primary key, in its order. */
  readonly key: readonly string[];
}

/** What is true of a process, not of the data. */
const left: ReadonlySet<string> = new Set(['leases']);

/** Every table of ours, by name. */
export async function tablesOf(queries: Executor): Promise<CopiedTable[]> {
  const rows = await (isPostgres(queries) ? serverColumns(queries) : fileColumns(queries));
  const tables = new Map<string, { columns: string[]; key: [number, string][] }>();
  for (const { name, column, place } of rows) {
    if (left.has(name) || name.startsWith('kysely_') || name.startsWith('sqlite_')) continue;
    const table = tables.get(name) ?? { columns: [], key: [] };
    tables.set(name, table);
    table.columns.push(column);
    if (place > 0) table.key.push([place, column]);
  }
  return [...tables]
    .map(([name, { columns, key }]) => ({
      name,
      columns: columns.toSorted(),
      key: key.toSorted(([a], [b]) => a - b).map(([, column]) => column),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface ColumnRow {
  readonly name: string;
  readonly column: string;
  /** In the primary key, from 1; 0: it is not of it. */
  readonly place: number;
}

async function fileColumns(queries: Executor): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select tables.name as name, columns.name as "column", columns.pk as place
    from sqlite_master as tables, pragma_table_info(tables.name) as columns
    where tables.type = 'table'`.execute(queries);
  return rows;
}

async function serverColumns(queries: Executor): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select tables.relname as name, attributes.attname as "column",
      coalesce(array_position(keys.indkey::int2[], attributes.attnum) + 1, 0) as place
    from pg_class as tables
    join pg_attribute as attributes on attributes.attrelid = tables.oid and attributes.attnum > 0
      and not attributes.attisdropped
    left join pg_index as keys on keys.indrelid = tables.oid and keys.indisprimary
    where tables.relkind = 'r' and tables.relnamespace = current_schema()::regnamespace`.execute(queries);
  return rows;
}
