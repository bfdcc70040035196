import { sql } from 'kysely';
import { type Executor, isPostgres } from '../database/executor.ts';
import { type TargetCount, targetsWith } from './backlog.ts';
import { alarmMapping } from './delivery.ts';
import { mostCounted } from './open-causes.ts';

/** What is owed to each target, as far as people read numbers: counting stops at 1,001. */
export async function openAtAGlance(executor: Executor): Promise<TargetCount[]> {
  const counts: TargetCount[] = [];
  for (const state of ['pending', 'dead'] as const)
    for (const target of await targetsWith(executor, state)) counts.push(...(await glance(executor, target, state)));
  return counts;
}

async function glance(executor: Executor, target: string, state: TargetCount['state']): Promise<TargetCount[]> {
  // Left to itself, SQLite walks over the table instead.
  const index = isPostgres(executor)
    ? sql``
    : sql`indexed by ${sql.ref(state === 'pending' ? 'deliveries_open' : 'deliveries_dead')}`;
  const owed = sql`from deliveries ${index} where state = ${sql.lit(state)} and target = ${target}
    and mapping <> ${sql.lit(alarmMapping)}`;
  const {
    rows: [row],
  } = await sql<{ count: number; since: number | null }>`
    select (select count(*) from (select 1 as one ${owed} limit ${sql.lit(mostCounted)}) as counted) as count,
      (select created_at ${owed} order by id limit 1) as since`.execute(executor);
  return row === undefined || row.since === null ? [] : [{ target, state, count: row.count, since: row.since }];
}

/** The latest dead letters that are looked at for people and for what they hold back. */
const mostDead = 2000;

/** People whom a dead letter is about, among the latest 2,000 of them; counting stops at 1,001. */
export async function peopleHeldUp(executor: Executor): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ count: number }>`
    select count(*) as count from (select distinct scope, applicant from (
      select scope, applicant from deliveries where state = 'dead' order by id desc limit ${sql.lit(mostDead)}
    ) as looked where applicant is not null limit ${sql.lit(mostCounted)}) as people`.execute(executor);
  return row?.count ?? 0;
}

/** Deliveries that wait behind one of the latest 2,000 dead letters; counting stops at 1,001. */
export async function countBlocked(executor: Executor): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 as one from (
        select lane_id, pos from deliveries where state = 'dead' and mapping <> ${sql.lit(alarmMapping)} order by id desc limit ${sql.lit(mostDead)}
      ) as dead cross join lanes cross join deliveries as later
      where lanes.id = dead.lane_id and lanes.head = dead.pos and lanes.tail > lanes.head
        and later.lane_id = lanes.id and later.pos > lanes.head and later.state = 'pending'
      limit ${sql.lit(mostCounted)}) as counted`.execute(executor);
  return row?.count ?? 0;
}

/** Findings that nobody has seen, by target, among the latest 1,001. */
export async function attentionAtAGlance(executor: Executor): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ target: string; count: number }>`
    select target, count(*) as count from (
      select target from deliveries where attention is not null and attention_seen_at is null and event_id is not null
      order by id desc limit ${sql.lit(mostCounted)}) as latest
    group by target`.execute(executor);
  return new Map(rows.map(({ target, count }) => [target, count]));
}
