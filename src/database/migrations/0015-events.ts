import { type Kysely, sql } from 'kysely';

/** Events are listed by time, kind and what became of them, however many there are: steps of some µs each (measured). */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await sql`create index events_at on events (received_at, id)`.execute(schema);
  // Words of a sender are as long as he makes them, and a tree of PostgreSQL refuses more than 2704 bytes.
  for (const column of ['event', 'type'])
    await sql`create index ${sql.ref(`events_${column}`)} on events (${sql.ref(column)}, id)
      where length(${sql.ref(column)}) <= 64`.execute(schema);
  await sql`create index events_skipped on events (id) where state = 'skipped'`.execute(schema);
}
