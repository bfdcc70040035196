import { type Kysely, sql } from 'kysely';

/** Lists of one state and of one key find their rows however many others there are. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const state of ['pending', 'dead', 'cancelled']) {
    const index = sql.ref(`deliveries_${state}_id`);
    await sql`create index ${index} on deliveries (id) where state = ${sql.lit(state)}`.execute(schema);
  }
  await sql`create index deliveries_key on deliveries (key, id) where key is not null`.execute(schema);
}
