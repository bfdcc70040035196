// Cost of a claim against a backlog: 10,000 waiting, 1,000,000 waiting with 100,000 behind one key and 100,000 dead.
import { sql } from 'kysely';
import type { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { median } from './processes.ts';

const backlogTarget = 'zup';

/** Fills the outbox by set-based SQL: `lanes` lanes of ten deliveries each, one lane of `behind`, and `dead` dead letters. */
export async function fillBacklog(database: Database, lanes: number, behind: number, dead: number): Promise<void> {
  const { queries } = database;
  const numbers = (count: number) => sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(count)})`;
  const record = JSON.stringify({ text: 'x'.repeat(480) });
  const columns = sql`(lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, record, idempotency_key, created_at, attempts)`;
  await sql`insert into lanes (target, key, head, tail, due_at, lease_until, token, attempts) ${numbers(lanes)} select ${backlogTarget}, 'k' || i, 1, 10, i, 0, 0, 0 from n`.execute(queries);
  await sql`insert into deliveries ${columns} with recursive p(j) as (select 1 union all select j + 1 from p where j < 10)
    select lanes.id, p.j, 1, 'm', 'h', ${backlogTarget}, lanes.key, 's', 'pending', ${record}, 'i', 1, 0 from lanes cross join p where lanes.key like 'k%'`.execute(queries);
  if (behind > 0) {
    await sql`insert into lanes (target, key, head, tail, due_at, lease_until, token, attempts) values (${backlogTarget}, 'blocked', 1, ${sql.lit(behind + 1)}, null, 0, 0, 1)`.execute(queries);
    await sql`insert into deliveries ${columns} ${numbers(behind)} select (select id from lanes where key = 'blocked'), i + 1, 1, 'm', 'h', ${backlogTarget}, 'blocked', 's', 'pending', ${record}, 'i', 1, 0 from n`.execute(queries);
  }
  if (dead > 0) {
    await sql`insert into lanes (target, key, head, tail, due_at, lease_until, token, attempts) ${numbers(dead)} select ${backlogTarget}, 'd' || i, 1, 1, null, 0, 0, 1 from n`.execute(queries);
    await sql`insert into deliveries ${columns} select lanes.id, 1, 1, 'm', 'h', ${backlogTarget}, lanes.key, 's', 'dead', ${record}, 'i', 1, 1 from lanes where lanes.key like 'd%'`.execute(queries);
  }
  await sql`analyze`.execute(queries);
}

/** Median milliseconds of one claim, each claimed lane given back at once. */
export async function claimCost(database: Database, most: number, rounds = 150): Promise<number> {
  const outbox = new Outbox(database);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const claims = await outbox.claim({ target: backlogTarget, now: 2_000_000_000_000, until: 2_000_000_015_000, most });
    times.push(performance.now() - began);
    for (const claim of claims) await outbox.release(claim);
  }
  return median(times);
}
