import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';

/** Why deliveries fail, whom they are about, what takes another's place, and bulks. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const column of ['applicant', 'vacancy', 'cause', 'edited_by', 'edit_reason'])
    await schema.schema.alterTable('deliveries').addColumn(column, 'text').execute();
  for (const column of ['replaces', 'replaced_by'])
    await schema.schema.alterTable('deliveries').addColumn(column, 'bigint').execute();
  await sql`update deliveries set applicant = substr(key, 11)
    where state in ('pending', 'dead') and key like 'applicant/%'`.execute(schema);
  const open = sql`cause is not null and state in ('pending', 'dead')`;
  await index(schema, 'deliveries_cause', sql`(cause, id) where ${open}`);
  await index(schema, 'deliveries_applicant', sql`(applicant, id) where applicant is not null`);
  await index(schema, 'deliveries_vacancy', sql`(vacancy, id) where vacancy is not null`);
  await schema.schema
    .createTable('causes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('field', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await bulks(schema);
}

async function bulks(schema: Kysely<unknown>): Promise<void> {
  const bulk = schema.schema.createTable('bulks');
  await (
    schema.getExecutor().adapter instanceof PostgresAdapter
      ? bulk.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      : bulk.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
  )
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('pace', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('finished_at', 'bigint')
    .addColumn('total', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('done', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('failed', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.schema
    .createTable('bulk_rows')
    .addColumn('bulk_id', 'bigint', (column) => column.notNull())
    .addColumn('pos', 'bigint', (column) => column.notNull())
    .addColumn('delivery_id', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('why', 'text')
    .addPrimaryKeyConstraint('bulk_rows_pk', ['bulk_id', 'pos'])
    .execute();
  await sql`create index bulks_running on bulks (id) where state = 'running'`.execute(schema);
  await sql`create index bulk_rows_left on bulk_rows (bulk_id, pos) where state = 'left'`.execute(schema);
}

async function index(schema: Kysely<unknown>, name: string, on: RawBuilder<unknown>): Promise<void> {
  await sql`create index ${sql.ref(name)} on deliveries ${on}`.execute(schema);
}
