import { type Kysely, PostgresAdapter } from 'kysely';

/** Who was forgotten, when and by whom: the proof that is kept for three years. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  const table = schema.schema.createTable('forgettings');
  await (
    schema.getExecutor().adapter instanceof PostgresAdapter
      ? table.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      : table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
  )
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('applicants', 'text', (column) => column.notNull())
    .addColumn('people', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('marked_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('counts', 'text')
    .execute();
}
