import { sql } from 'kysely';
import { type Executor, isPostgres } from '../database/executor.ts';
import { alarmMapping } from './delivery.ts';

export interface TargetCount {
  readonly target: string;
  readonly state: 'pending' | 'dead';
  readonly count: number;
  /** When the oldest of them was mapped. */
  readonly since: number;
}

type OpenState = TargetCount['state'];

const states: readonly OpenState[] = ['pending', 'dead'];

/**
 * Rows counted at once: SQLite counts in this thread, 4 ms for so many; a million at once held webhooks up for seconds
 * (measured).
 */
const usualSlice = 20_000;

/** What each target is owed: waiting and dead deliveries. */
export async function countOpen(executor: Executor, slice = usualSlice): Promise<TargetCount[]> {
  const counts: TargetCount[] = [];
  for (const state of states) {
    for (const target of await targetsWith(executor, state))
      counts.push(...(await countOf(executor, target, state, slice)));
  }
  return counts;
}

/** Targets with deliveries in this state, each found by one step into the index, however many there are. */
export async function targetsWith(executor: Executor, state: OpenState): Promise<string[]> {
  const stated = sql.lit(state);
  const { rows } = await sql<{ readonly target: string }>`
    with recursive owed(target) as (
      select (select min(target) from deliveries where state = ${stated})
      union all
      select (select min(target) from deliveries where state = ${stated} and target > owed.target)
        from owed where owed.target is not null
    ) select target from owed where target is not null`.execute(executor);
  return rows.map(({ target }) => target);
}

async function countOf(executor: Executor, target: string, state: OpenState, slice: number): Promise<TargetCount[]> {
  // Left to itself, SQLite walks over the table instead: twenty times as long.
  const index = isPostgres(executor)
    ? sql``
    : sql`indexed by ${sql.ref(state === 'pending' ? 'deliveries_open' : 'deliveries_dead')}`;
  let count = 0;
  let oldest: number | undefined;
  for (let after: number | null = 0; after !== null;) {
    const {
      rows: [part],
    }: { rows: readonly Part[] } = await sql<Part>`
      select count(*) as count, min(id) as first, max(id) as last from (
        select id from deliveries ${index} where state = ${sql.lit(state)} and target = ${target}
          and id > ${after} order by id limit ${sql.lit(slice)}
      ) as slice`.execute(executor);
    count += part?.count ?? 0;
    oldest ??= part?.first ?? undefined;
    after = part?.count === slice ? part.last : null;
    if (after !== null) await new Promise((resolve) => setImmediate(resolve));
  }
  if (oldest === undefined) return [];
  const alarms = await alarmsOf(executor, target, state);
  if (alarms >= count) return [];
  return [{ target, state, count: count - alarms, since: await sinceOf(executor, target, state, oldest) }];
}

/** Alarms are owed too, but not by the road; they are few, and have an index. */
async function alarmsOf(executor: Executor, target: string, state: OpenState): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ readonly count: number }>`
    select count(*) as count from deliveries
    where mapping = ${sql.lit(alarmMapping)} and target = ${target} and state = ${sql.lit(state)}`.execute(executor);
  return row?.count ?? 0;
}

async function sinceOf(executor: Executor, target: string, state: OpenState, oldest: number): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ readonly created_at: number }>`
    select created_at from deliveries where state = ${sql.lit(state)} and target = ${target} and id >= ${oldest}
      and event_id is not null order by id limit 1`.execute(executor);
  return row?.created_at ?? 0;
}

interface Part {
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null;
}
