import { type Kysely, sql } from 'kysely';

/**
 * What the first screen asks is answered from indexes alone, and what a dead letter holds back is found among what is
 * held back: with a million deliveries a look at each row of the table took a second of a busy machine (measured).
 */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const name of ['cause', 'dead_id', 'attention'])
    await sql`drop index ${sql.ref(`deliveries_${name}`)}`.execute(schema);
  await sql`create index deliveries_cause on deliveries (cause, id, state, scope, applicant, finished_at, created_at)
    where cause is not null and event_id is not null and state in ('pending', 'dead')`.execute(schema);
  await sql`create index deliveries_dead_id on deliveries (id, lane_id, pos, event_id, scope, applicant)
    where state = 'dead'`.execute(schema);
  await sql`create index deliveries_attention on deliveries (id, target, event_id)
    where attention is not null and attention_seen_at is null`.execute(schema);
  await sql`create index lanes_held on lanes (id, head)
    where due_at is null and lease_until = 0 and tail > head and key is not null`.execute(schema);
}
