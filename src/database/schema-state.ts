import { sql } from 'kysely';
import { type Executor, isPostgres } from './executor.ts';
import { migrationNames } from './migrate.ts';

/** What a database has of the schema that this version works with. */
export type SchemaState =
  | { readonly is: 'missing' }
  | { readonly is: 'current' }
  /** `has`: its last migration; `needs`: the last one of this version. */
  | { readonly is: 'older'; readonly has: string; readonly needs: string }
  | { readonly is: 'newer'; readonly has: string };

export async function schemaState(queries: Executor): Promise<SchemaState> {
  const made = await madeMigrations(queries);
  const last = made.at(-1);
  if (last === undefined) return { is: 'missing' };
  const foreign = made.find((name) => !migrationNames.includes(name));
  if (foreign !== undefined) return { is: 'newer', has: foreign };
  const needs = migrationNames.at(-1) ?? last;
  return migrationNames.every((name) => made.includes(name)) ? { is: 'current' } : { is: 'older', has: last, needs };
}

/** In the order of their names; nothing when there is no schema at all. */
async function madeMigrations(queries: Executor): Promise<string[]> {
  const { rows: tables } = await (
    isPostgres(queries)
      ? sql`select 1 as there where to_regclass('kysely_migration') is not null`
      : sql`select 1 as there from sqlite_master where name = 'kysely_migration'`
  ).execute(queries);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(queries);
  return rows.map(({ name }) => name);
}
