import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** What people must hear of: deliveries that no event caused, alarms, and what is known of each webhook. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await sql`alter table deliveries alter column event_id drop not null`.execute(schema);
  // Alarms are no failures of the road: their deliveries have no event and stand in none of its counts.
  await sql`drop index deliveries_cause`.execute(schema);
  await sql`create index deliveries_cause on deliveries (cause, id)
    where cause is not null and event_id is not null and state in ('pending', 'dead')`.execute(schema);
  await sql`create index deliveries_alarms on deliveries (target, state, id) where mapping = 'alarms'`.execute(schema);

  const alarms = schema.schema.createTable('alarms');
  await (
    schema.getExecutor().adapter instanceof PostgresAdapter
      ? alarms.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      : alarms.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
  )
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('raised_at', 'bigint', (column) => column.notNull())
    .addColumn('over_at', 'bigint')
    .addColumn('settled', 'bigint', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .execute();
  await sql`create index alarms_cause on alarms (cause, id)`.execute(schema);
  await sql`create index alarms_unsettled on alarms (id) where settled = 0`.execute(schema);
  await sql`create unique index alarms_open on alarms (cause) where settled = 0`.execute(schema);

  await schema.schema
    .createTable('sightings')
    .addColumn('instance', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('sighting', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sightings_pk', ['instance', 'cause'])
    .execute();

  await schema.schema
    .createTable('webhooks')
    .addColumn('source', 'text', (column) => column.primaryKey())
    .addColumn('last_at', 'bigint')
    .addColumn('unsigned', 'bigint', (column) => column.notNull())
    .addColumn('unkept', 'bigint', (column) => column.notNull())
    .addColumn('refused_since', 'bigint')
    .addColumn('refused_at', 'bigint')
    .addColumn('retried_at', 'bigint')
    .addColumn('retry', 'bigint')
    .execute();
  await schema.schema
    .createTable('webhook_hours')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('webhook_hours_pk', ['source', 'hour'])
    .execute();
}
