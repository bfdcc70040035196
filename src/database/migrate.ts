import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import * as road from './migrations/0001-road.ts';
import * as mappings from './migrations/0002-mappings.ts';
import type { Tables } from './schema.ts';

/** Forward only, in this order; one file serves every database. */
const migrations = { '0001-road': road, '0002-mappings': mappings };

/** Thrown when the schema cannot be brought up to date. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export async function migrate(queries: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const words = error instanceof Error ? error.message : 'of an unknown error';
  if (words.includes('corrupted migrations')) throw new MigrationError('the database was written by a newer version of huntflow-connector: start that version, or restore a backup');
  throw new MigrationError(`the database schema could not be brought up to date: ${words}`);
}
