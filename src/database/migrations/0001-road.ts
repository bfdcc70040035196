import { type ColumnDataType, type Expression, type Kysely, PostgresAdapter, sql } from 'kysely';

/** Inbox, outbox and what they remember: the whole road in one first step. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  const postgres = schema.getExecutor().adapter instanceof PostgresAdapter;
  const bytes: ColumnDataType = postgres ? 'bytea' : 'blob';

  // Compared byte by byte: faster than by the rules of a language, and the same on every server.
  const key: ColumnDataType | Expression<unknown> = postgres ? sql`text collate "C"` : 'text';

  /** A row id that is never used again: SQLite needs AUTOINCREMENT for that, PostgreSQL an identity. */
  function table(name: string) {
    const builder = schema.schema.createTable(name);
    return postgres
      ? builder.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      : builder.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement());
  }

  await table('events')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('event', 'text')
    .addColumn('type', 'text')
    .addColumn('action', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('body', bytes)
    .addColumn('body_size', 'bigint', (column) => column.notNull())
    .addColumn('headers', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .execute();
  await schema.schema
    .createIndex('events_received')
    .on('events')
    .column('id')
    .where(sql.ref('state'), '=', sql.lit('received'))
    .execute();
  await schema.schema
    .createIndex('events_failed')
    .on('events')
    .column('id')
    .where(sql.ref('state'), '=', sql.lit('failed'))
    .execute();

  await schema.schema
    .createTable('event_keys')
    .addColumn('key', key, (column) => column.notNull())
    .addColumn('variant', key, (column) => column.notNull())
    .addColumn('event_id', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_keys_pk', ['key', 'variant'])
    .execute();

  await table('lanes')
    .addColumn('target', key, (column) => column.notNull())
    .addColumn('key', key)
    .addColumn('head', 'bigint', (column) => column.notNull())
    .addColumn('tail', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('token', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('attempts', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('tried_since', 'bigint')
    .addUniqueConstraint('lanes_target_key', ['target', 'key'])
    .execute();
  // A blocked or idle lane has no due_at and so leaves the index: the claim never walks over it.
  await schema.schema
    .createIndex('lanes_due')
    .on('lanes')
    .columns(['target', 'due_at'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  await schema.schema
    .createIndex('lanes_leased')
    .on('lanes')
    .columns(['target', 'lease_until'])
    .where(sql.ref('lease_until'), '>', sql.lit(0))
    .execute();

  await table('deliveries')
    .addColumn('lane_id', 'bigint', (column) => column.notNull())
    .addColumn('pos', 'bigint', (column) => column.notNull())
    .addColumn('event_id', 'bigint', (column) => column.notNull())
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('mapping_hash', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('key', 'text')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('record', 'text')
    .addColumn('idempotency_key', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('attempts', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('progress', 'text')
    .addUniqueConstraint('deliveries_place', ['lane_id', 'pos'])
    .execute();
  await schema.schema.createIndex('deliveries_event').on('deliveries').column('event_id').execute();
  await schema.schema
    .createIndex('deliveries_open')
    .on('deliveries')
    .columns(['target', 'id'])
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();
  await schema.schema
    .createIndex('deliveries_dead')
    .on('deliveries')
    .columns(['target', 'id'])
    .where(sql.ref('state'), '=', sql.lit('dead'))
    .execute();
  await schema.schema
    .createIndex('deliveries_unmapped')
    .on('deliveries')
    .column('id')
    .where((where) =>
      where.and([where(sql.ref('state'), '=', sql.lit('pending')), where(sql.ref('record'), 'is', null)]),
    )
    .execute();

  await table('attempts')
    .addColumn('delivery_id', 'bigint', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('summary', 'text')
    .addColumn('exchanges', 'text', (column) => column.notNull())
    .addColumn('warnings', 'text', (column) => column.notNull())
    .execute();
  await schema.schema.createIndex('attempts_delivery').on('attempts').columns(['delivery_id', 'number']).execute();

  await schema.schema
    .createTable('once')
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('event_id', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('once_pk', ['mapping', 'scope', 'value'])
    .execute();

  await schema.schema
    .createTable('references')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('entity_set', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('references_pk', ['target', 'scope', 'kind', 'entity', 'role', 'entity_set'])
    .execute();

  await schema.schema
    .createTable('aliases')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('survivor', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('aliases_pk', ['scope', 'kind', 'entity'])
    .execute();
  await schema.schema.createIndex('aliases_survivor').on('aliases').columns(['scope', 'kind', 'survivor']).execute();

  await schema.schema
    .createTable('targets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('paused_at', 'bigint')
    .addColumn('failures', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('resting_until', 'bigint')
    .addColumn('rest', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();

  await schema.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
}
