import type { Kysely } from 'kysely';

/**
 * What bounds the attempts of a delivery. A constant default is kept beside the table: neither database writes the rows
 * anew for it.
 */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .alterTable('lanes')
    .addColumn('interrupted', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.schema
    .alterTable('deliveries')
    .addColumn('attempt_bytes', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
