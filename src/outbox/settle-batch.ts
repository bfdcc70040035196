import { sql } from 'kysely';
import type { Transaction } from '../database/database.ts';
import type { Claim, Settlement } from './delivery.ts';

interface Item { readonly claim: Claim; readonly settlement: Settlement }

interface HeldLane {
  readonly id: number;
  readonly token: number;
  readonly key: string | null;
  readonly head: number;
  readonly tail: number;
  /** The next delivery that is not done, if there is one. */
  readonly next: number | null;
  readonly ready: boolean | null;
}

/**
 * What `settleClaim` does, for many claims in two or three statements: on PostgreSQL every statement is a round trip, and one by one
 * they would be the price of a delivery. Items come in lock order; the answers come in the order of the items.
 */
export async function settleBatch(transaction: Transaction, items: readonly Item[]): Promise<boolean[]> {
  const lanes = await lockLanes(transaction, items);
  const held = firstOfEach(items).filter(({ claim }) => lanes.get(claim.laneId)?.token === claim.token);
  await write(transaction, held, lanes);
  const settled = new Set(held);
  return items.map((item) => settled.has(item));
}

/** A claim that is settled twice in one batch is settled by the first. */
function firstOfEach(items: readonly Item[]): Item[] {
  const seen = new Set<number>();
  return items.filter(({ claim }) => !seen.has(claim.laneId) && seen.add(claim.laneId));
}

async function lockLanes(transaction: Transaction, items: readonly Item[]): Promise<ReadonlyMap<number, HeldLane>> {
  const ids = items.map(({ claim }) => claim.laneId);
  // One row at a time in the order given: that of all lockers.
  const { rows: held } = await sql<Pick<HeldLane, 'id' | 'token' | 'key' | 'head' | 'tail'>>`
    select lanes.id, lanes.token, lanes.key, lanes.head, lanes.tail from unnest(${ids}::bigint[]) with ordinality as wanted(id, place)
    join lanes on lanes.id = wanted.id order by wanted.place for update of lanes`.execute(transaction);
  const following = new Map((await nextOf(transaction, held.filter(({ head, tail }) => head < tail).map(({ id }) => id))).map((row) => [row.id, row]));
  return new Map(held.map((lane) => [lane.id, { ...lane, next: following.get(lane.id)?.pos ?? null, ready: following.get(lane.id)?.ready ?? null }]));
}

/** A statement of its own: the one that locked may have waited for a mapper whose delivery its snapshot cannot see. */
async function nextOf(transaction: Transaction, lanes: readonly number[]): Promise<readonly { readonly id: number; readonly pos: number; readonly ready: boolean }[]> {
  if (lanes.length === 0) return [];
  const { rows } = await sql<{ readonly id: number; readonly pos: number; readonly ready: boolean }>`
    select lanes.id, following.pos, following.state = 'pending' and following.record as ready
    from lanes cross join lateral (
      select pos, state, record is not null as record from deliveries
      where lane_id = lanes.id and pos > lanes.head and state in ('pending', 'dead') order by pos limit 1
    ) as following where lanes.id = any(${lanes}::bigint[])`.execute(transaction);
  return rows;
}

function stateAfter(settlement: Settlement): { readonly state: string; readonly reason: string | null; readonly finished: number | null; readonly error: string | null } {
  switch (settlement.outcome) {
    case 'delivered': return { state: 'delivered', reason: null, finished: settlement.finishedAt, error: null };
    case 'retry':
    case 'unknown': return { state: 'pending', reason: null, finished: null, error: json(settlement.summary) };
    case 'dead': return { state: 'dead', reason: settlement.reason, finished: settlement.finishedAt, error: json(settlement.summary) };
  }
}

/** Attempts, deliveries and lanes in one statement: the three never touch each other's rows. */
async function write(transaction: Transaction, items: readonly Item[], lanes: ReadonlyMap<number, HeldLane>): Promise<void> {
  if (items.length === 0) return;
  const after = items.map(({ settlement }) => stateAfter(settlement));
  const moves = items.flatMap((item) => moveOf(item, lanes.get(item.claim.laneId)));
  const column = <T>(pick: (item: Item) => T) => items.map(pick);
  await sql`
    with attempted as (
      insert into attempts (delivery_id, number, started_at, finished_at, outcome, summary, exchanges, warnings)
      select * from unnest(
        ${column(({ claim }) => claim.id)}::bigint[], ${column(({ claim }) => claim.attempt)}::bigint[],
        ${column(({ settlement }) => settlement.startedAt)}::bigint[], ${column(({ settlement }) => settlement.finishedAt)}::bigint[],
        ${column(({ settlement }) => settlement.outcome)}::text[], ${column(({ settlement }) => json(settlement.summary))}::text[],
        ${column(({ settlement }) => JSON.stringify(settlement.exchanges))}::text[], ${column(({ settlement }) => JSON.stringify(settlement.warnings))}::text[])
    ), delivered as (
      update deliveries set state = after.state, reason = after.reason, attempts = after.attempts, finished_at = after.finished_at, last_error = after.error
      from unnest(
        ${column(({ claim }) => claim.id)}::bigint[], ${after.map(({ state }) => state)}::text[], ${after.map(({ reason }) => reason)}::text[],
        ${column(({ claim }) => claim.attempt)}::bigint[], ${after.map(({ finished }) => finished)}::bigint[], ${after.map(({ error }) => error)}::text[]
      ) as after(id, state, reason, attempts, finished_at, error)
      where deliveries.id = after.id
    ), moved as (
      update lanes set lease_until = 0, token = token + 1, due_at = after.due_at, head = coalesce(after.head, lanes.head),
        attempts = case when after.head is null then lanes.attempts - after.uncounted else 0 end,
        tried_since = case when after.head is null then lanes.tried_since end
      from unnest(
        ${moves.map(({ id }) => id)}::bigint[], ${moves.map(({ head }) => head)}::bigint[], ${moves.map(({ due }) => due)}::bigint[], ${moves.map(({ uncounted }) => uncounted)}::bigint[]
      ) as after(id, head, due_at, uncounted)
      where lanes.id = after.id
    )
    delete from lanes where id = any(${goneOf(items, lanes)}::bigint[])`.execute(transaction);
}

interface Move { readonly id: number; /** Null: the same delivery stays at the head. */ readonly head: number | null; readonly due: number | null; readonly uncounted: number }

function moveOf({ settlement }: Item, lane: HeldLane | undefined): readonly Move[] {
  if (lane === undefined) return [];
  switch (settlement.outcome) {
    case 'delivered': return isGone(lane) ? [] : [{ id: lane.id, head: lane.next ?? lane.tail + 1, due: lane.ready === true ? settlement.finishedAt : null, uncounted: 0 }];
    case 'retry':
    case 'unknown': return [{ id: lane.id, head: null, due: settlement.dueAt, uncounted: settlement.counts ? 0 : 1 }];
    case 'dead': return [{ id: lane.id, head: null, due: null, uncounted: 0 }];
  }
}

function goneOf(items: readonly Item[], lanes: ReadonlyMap<number, HeldLane>): number[] {
  return items.flatMap(({ claim, settlement }) => {
    const lane = lanes.get(claim.laneId);
    return lane !== undefined && settlement.outcome === 'delivered' && isGone(lane) ? [lane.id] : [];
  });
}

/** A lane made for one delivery goes with it. */
function isGone(lane: HeldLane): boolean {
  return lane.next === null && lane.key === null;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
