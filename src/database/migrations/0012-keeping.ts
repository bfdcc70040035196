import { type Kysely, sql } from 'kysely';

/** What nobody signed is counted by its source; what retention has to look at is found by its age, and leaves then. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await sql`create index events_quarantined on events (source, body_size) where state = 'quarantined'`.execute(schema);
  await sql`create index events_bodies on events (state, finished_at) where body is not null`.execute(schema);
  await sql`create index deliveries_records on deliveries (finished_at)
    where record is not null and state in ('delivered', 'cancelled')`.execute(schema);
  await sql`create index deliveries_dead_since on deliveries (finished_at) where state = 'dead'`.execute(schema);
}
