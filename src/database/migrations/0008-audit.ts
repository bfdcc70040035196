import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Who did what. The database itself refuses to change or delete any of it. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('audit')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('ids', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .execute();
  await schema.schema
    .createTable('cursors')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('place', 'bigint', (column) => column.notNull())
    .execute();
  await (schema.getExecutor().adapter instanceof PostgresAdapter ? guardServer(schema) : guardFile(schema));
}

async function guardServer(schema: Kysely<unknown>): Promise<void> {
  await sql`create function audit_is_append_only() returns trigger language plpgsql as $$ begin
    raise exception 'the audit is append-only' using errcode = 'integrity_constraint_violation';
  end $$`.execute(schema);
  await sql`create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`.execute(schema);
}

async function guardFile(schema: Kysely<unknown>): Promise<void> {
  for (const change of ['update', 'delete'])
    await sql`create trigger ${sql.ref(`audit_no_${change}`)} before ${sql.raw(change)} on audit
      begin select raise(abort, 'the audit is append-only'); end`.execute(schema);
}
