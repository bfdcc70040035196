import { type Kysely, sql } from 'kysely';

/** What waits is known by how long it waits, so that a clock that leaps makes nothing wait for years; and attention. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const column of ['wait', 'spent', 'conflicts'])
    await schema.schema
      .alterTable('lanes')
      .addColumn(column, 'bigint', (built) => built.notNull().defaultTo(0))
      .execute();
  await schema.schema
    .alterTable('targets')
    .addColumn('held', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.schema.alterTable('targets').addColumn('holds', 'text').execute();
  await schema.schema.alterTable('deliveries').addColumn('attention', 'text').execute();
  await schema.schema.alterTable('deliveries').addColumn('attention_seen_at', 'bigint').execute();
  await schema.schema
    .createIndex('deliveries_attention')
    .on('deliveries')
    .column('id')
    .where((where) =>
      where.and([where(sql.ref('attention'), 'is not', null), where(sql.ref('attention_seen_at'), 'is', null)]),
    )
    .execute();
}
