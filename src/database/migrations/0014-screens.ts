import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Lists of one state and of one key find their rows however many others there are. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const state of ['pending', 'dead', 'cancelled']) {
    const index = sql.ref(`deliveries_${state}_id`);
    await sql`create index ${index} on deliveries (id) where state = ${sql.lit(state)}`.execute(schema);
  }
  // A key is as long as people make it, and a tree of PostgreSQL refuses more than 2704 bytes: there it is hashed.
  const keys = schema.getExecutor().adapter instanceof PostgresAdapter ? sql`using hash (key)` : sql`(key, id)`;
  await sql`create index deliveries_key on deliveries ${keys} where key is not null`.execute(schema);
}
