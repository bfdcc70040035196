import { sql } from 'kysely';
import { readTextColumn } from '../database/json-column.ts';
import { type Executor, isPostgres } from '../database/executor.ts';
import type { Cause, CauseKind } from './cause.ts';

/** A cause with what is dead or waits because of it. */
export interface OpenCause extends Omit<Cause, 'text'> {
  readonly text: Cause['text'];
  /** Counts stop at 1,001. */
  readonly deliveries: number;
  readonly people: number;
  /** How many of its latest 2,000 deliveries are dead; the others are tried again by themselves. */
  readonly dead: number;
  /** What came later for its target was taken before this failed again: unreachable is not the word for it. */
  readonly othersTaken: boolean;
  /** How many of them failed since the time that was asked for. */
  readonly fresh: number;
  /** When the first and the last of its deliveries were made, milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** The oldest delivery, and the mapping that made it. */
  readonly example: number;
  readonly mapping: string;
  /** The event it was made of. */
  readonly exampleEvent: number | null;
}

/** Counting stops here: more are "1 000+". */
export const mostCounted = 1001;
/** People, dead letters and what is fresh are looked for among so many deliveries of a cause: there may be a hundred causes. */
const mostLookedAt = 2000;

interface Row {
  readonly id: string;
  readonly target: string;
  readonly kind: CauseKind;
  readonly code: string | null;
  readonly field: string | null;
  readonly text: string;
  readonly counts: string | null;
  readonly example: number;
  readonly mapping: string;
  readonly exampleEvent: number | null;
  readonly first: number;
  readonly last: number;
  readonly others: number;
}

/** Deliveries behind the oldest of a cause that are looked at. */
const mostLater = 50;

const open = sql`cause is not null and event_id is not null and state in ('pending', 'dead')`;

/**
 * Every open cause, found by steps into an index, however many deliveries it has; the latest first. `since`: what
 * failed after that is fresh.
 */
export async function openCauses(executor: Executor, since = Number.MAX_SAFE_INTEGER): Promise<OpenCause[]> {
  const { rows } = await sql<Row>`
    with recursive standing(cause) as (
      select (select min(cause) from deliveries where ${open})
      union all
      select (select min(cause) from deliveries where ${open} and cause > standing.cause) from standing
      where standing.cause is not null
    ), found as (
      select causes.id, causes.target, causes.kind, causes.code, causes.field, causes.text,
        (select min(id) from deliveries where ${open} and cause = causes.id) as example,
        (select max(id) from deliveries where ${open} and cause = causes.id) as latest,
        -- One walk tells all of it; neither database lets a column be several.
        (select count(*) || ' ' || count(distinct scope || ${'\u001f'} || applicant)
            || ' ' || count(case when state = 'dead' then 1 end)
            || ' ' || count(case when coalesce(finished_at, created_at) >= ${since} then 1 end)
          from (select scope, applicant, state, finished_at, created_at from deliveries
            where ${open} and cause = causes.id order by id desc limit ${sql.lit(mostLookedAt)}) as looked) as counts
      from standing join causes on causes.id = standing.cause
    )
    select found.*, oldest.mapping, oldest.event_id as "exampleEvent", oldest.created_at as first,
      newest.created_at as last,
      case when found.kind = 'unavailable' then (select count(*) from (
        select state, finished_at from deliveries ${isPostgres(executor) ? sql`` : sql`indexed by deliveries_target`}
        where target = found.target and id > found.example order by id limit ${sql.lit(mostLater)}) as later
      where state = 'delivered' and finished_at < (select max(started_at) from attempts
        where delivery_id = found.example)) else 0 end as others
    from found join deliveries as oldest on oldest.id = found.example
      join deliveries as newest on newest.id = found.latest`.execute(executor);
  return rows
    .map(({ counts, others, ...row }) => {
      const [deliveries = 0, people = 0, dead = 0, fresh = 0] = (counts ?? '')
        .split(' ')
        .map((count) => Math.min(mostCounted, Number(count)));
      const othersTaken = others > 0;
      return {
        ...row,
        deliveries,
        people,
        dead,
        fresh,
        othersTaken,
        text: readTextColumn(row.text) ?? { ru: '', en: '' },
      };
    })
    .toSorted((a, b) => b.last - a.last || (a.id < b.id ? -1 : 1));
}

/** A key whose head cannot be sent, with what stands behind it. */
export interface BlockedKey {
  readonly target: string;
  readonly key: string;
  /** The delivery that holds the others back. */
  readonly head: number;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Counting stops at 1,001. */
  readonly behind: number;
}

/** The latest heads first. */
export async function blockedKeys(
  executor: Executor,
  limit: number | undefined,
  before: number | undefined,
): Promise<BlockedKey[]> {
  const postgres = isPostgres(executor);
  // Left to itself, SQLite begins with the lanes and sorts: 300 ms of a million (measured).
  const [dead, held] = postgres ? [sql``, sql``] : [sql`indexed by deliveries_dead_id`, sql`indexed by lanes_held`];
  const latest = limit === undefined ? sql`` : sql`limit ${sql.lit(limit)}`;
  const stopped = sql`
    select deliveries.id, lanes.id as lane, lanes.head
    from deliveries ${dead} cross join lanes ${held}
    where lanes.id = deliveries.lane_id and lanes.head = deliveries.pos and ${isHeld}
      and deliveries.state = 'dead' and deliveries.event_id is not null
      ${before === undefined ? sql`` : sql`and deliveries.id < ${before}`}`;
  const behind = (lane: string, head: string) => sql`exists (select 1 from deliveries as later
    where later.lane_id = ${sql.ref(lane)} and later.pos > ${sql.ref(head)} and later.state = 'pending')`;
  // PostgreSQL would ask of each of ten thousand lanes whether something stands behind it before it sorts.
  const heads = postgres
    ? sql`select * from (${stopped} order by deliveries.id desc offset 0) as stopped
        where ${behind('stopped.lane', 'stopped.head')} order by id desc ${latest}`
    : sql`${stopped} and ${behind('lanes.id', 'lanes.head')} order by deliveries.id desc ${latest}`;
  const { rows } = await sql<BlockedKey>`
    with heads as (${heads})
    select deliveries.target, deliveries.key, deliveries.id as head, deliveries.reason, deliveries.finished_at as since,
      (select count(*) from (select 1 as one from deliveries as later where later.lane_id = heads.lane
        and later.pos > heads.head and later.state = 'pending' limit ${sql.lit(mostCounted)}) as counted) as behind
    from heads join deliveries on deliveries.id = heads.id
    order by heads.id desc`.execute(executor);
  return rows;
}

/** As its partial index says it: something of a key stands behind a head that is not sent. */
export const isHeld = sql`lanes.due_at is null and lanes.lease_until = 0 and lanes.tail > lanes.head
  and lanes.key is not null`;
