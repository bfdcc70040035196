import { sql } from 'kysely';
import { type Executor, isPostgres } from '../database/executor.ts';
import type { TargetCount } from './backlog.ts';
import { alarmMapping } from './delivery.ts';
import { isHeld, mostCounted } from './open-causes.ts';

/** Of the alarms that a target is owed so many are told apart; more of them are counted with the rest. */
const mostAlarms = 500;

interface Owed {
  readonly target: string;
  readonly pending: number;
  readonly pending_since: number | null;
  readonly dead: number;
  readonly dead_since: number | null;
}

/** What is owed to each target, as far as people read numbers: counting stops at 1,001. One question, of indexes. */
export async function openAtAGlance(executor: Executor): Promise<TargetCount[]> {
  const postgres = isPostgres(executor);
  const { rows } = await sql<Owed>`
    with recursive waiting(target) as (${steps('pending')}), dead(target) as (${steps('dead')}), owed as (
      select target from waiting where target is not null union select target from dead where target is not null)
    select target, ${counted('pending', postgres)} as pending, ${since('pending', postgres)} as pending_since,
      ${counted('dead', postgres)} as dead, ${since('dead', postgres)} as dead_since from owed`.execute(executor);
  return rows.flatMap((row) => [
    ...countOf(row.target, 'pending', row.pending, row.pending_since),
    ...countOf(row.target, 'dead', row.dead, row.dead_since),
  ]);
}

function countOf(
  target: string,
  state: TargetCount['state'],
  count: number,
  first: number | null,
): readonly TargetCount[] {
  return first === null ? [] : [{ target, state, count: Math.min(mostCounted, Math.max(1, count)), since: first }];
}

/** Each target is found by one step into the index; a recursion over itself. */
function steps(state: TargetCount['state']) {
  const own = sql.ref(state === 'pending' ? 'waiting' : 'dead');
  const stated = sql.lit(state);
  return sql`select (select min(target) from deliveries where state = ${stated})
    union all
    select (select min(target) from deliveries where state = ${stated} and target > ${own}.target)
      from ${own} where ${own}.target is not null`;
}

/** Left to itself, SQLite walks over the table instead. */
function of(state: TargetCount['state'], postgres: boolean) {
  const index = sql.ref(state === 'pending' ? 'deliveries_open' : 'deliveries_dead');
  return sql`from deliveries ${postgres ? sql`` : sql`indexed by ${index}`}
    where state = ${sql.lit(state)} and target = owed.target`;
}

function counted(state: TargetCount['state'], postgres: boolean) {
  const alarms = sql`from deliveries where mapping = ${sql.lit(alarmMapping)} and target = owed.target
    and state = ${sql.lit(state)} limit ${sql.lit(mostAlarms)}`;
  return sql`(select count(*) from (select 1 as one ${of(state, postgres)}
      limit ${sql.lit(mostCounted + mostAlarms)}) as all_of)
    - (select count(*) from (select 1 as one ${alarms}) as alarms)`;
}

function since(state: TargetCount['state'], postgres: boolean) {
  return sql`(select created_at ${of(state, postgres)} and event_id is not null order by id limit 1)`;
}

/** The latest dead letters that are looked at for people. */
const mostDead = 2000;

/** What dead letters hold up. Counting stops at 1,001. */
export interface HeldUp {
  /** Whom a dead letter is about, among the latest 2,000 of them. */
  readonly people: number;
  /** Deliveries that wait behind one. */
  readonly blocked: number;
}

export async function heldUp(executor: Executor): Promise<HeldUp> {
  const [dead, held] = isPostgres(executor)
    ? [sql``, sql``]
    : [sql`indexed by deliveries_dead_id`, sql`indexed by lanes_held`];
  const {
    rows: [row],
  } = await sql<HeldUp>`
    select (select count(distinct scope || ${'\u001f'} || applicant) from (
        select scope, applicant from deliveries ${dead} where state = 'dead' order by id desc
        limit ${sql.lit(mostDead)}) as looked) as people,
      (select count(*) from (
        select 1 as one from lanes ${held} cross join deliveries as later
        where ${isHeld} and later.lane_id = lanes.id and later.pos > lanes.head and later.state = 'pending'
        limit ${sql.lit(mostCounted)}) as behind) as blocked`.execute(executor);
  return { people: Math.min(mostCounted, row?.people ?? 0), blocked: row?.blocked ?? 0 };
}

/** Findings that nobody has seen, by target, among the latest 1,001. */
export async function attentionAtAGlance(executor: Executor): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ target: string; count: number }>`
    select target, count(*) as count from (
      select target from deliveries ${isPostgres(executor) ? sql`` : sql`indexed by deliveries_attention`}
      where attention is not null and attention_seen_at is null and event_id is not null
      order by id desc limit ${sql.lit(mostCounted)}) as latest
    group by target`.execute(executor);
  return new Map(rows.map(({ target, count }) => [target, count]));
}
