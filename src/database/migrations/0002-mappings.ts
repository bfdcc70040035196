import type { Kysely } from 'kysely';

/**
 * What mapping files were, so that a broken edit, a restart and a replay can go back to them; and which stages Huntflow
 * uses.
 */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('mapping_versions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();

  await schema.schema
    .createTable('mapping_files')
    .addColumn('file', 'text', (column) => column.primaryKey())
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();

  await schema.schema
    .createTable('mapping_gaps')
    .addColumn('mapping', 'text', (column) => column.primaryKey())
    .addColumn('first_event', 'bigint', (column) => column.notNull())
    .addColumn('last_event', 'bigint', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .execute();

  await schema.schema
    .createTable('stages')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addColumn('hires', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stages_pk', ['source', 'stage'])
    .execute();

  await schema.schema.alterTable('deliveries').addColumn('replay_of', 'bigint').execute();
}
