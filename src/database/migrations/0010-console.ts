import { type Kysely, sql } from 'kysely';

/** Who is logged in to the console, who fails to, and drafts of mappings; replays are found by what they repeat. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('stamp', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.schema
    .createTable('login_failures')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.schema
    .createTable('mapping_drafts')
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('base', 'text')
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('mapping_drafts_pk', ['mapping', 'user'])
    .execute();
  await sql`create index deliveries_replay_of on deliveries (replay_of) where replay_of is not null`.execute(schema);
}
