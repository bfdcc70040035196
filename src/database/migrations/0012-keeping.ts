import { type Kysely, sql } from 'kysely';

/** What nobody signed is counted by its source. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await sql`create index events_quarantined on events (source, body_size) where state = 'quarantined'`.execute(schema);
}
