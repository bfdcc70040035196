import { sql } from 'kysely';
import type { Transaction } from '../../database/executor.ts';
import {
  asksForNext,
  type Consequence,
  consequenceOf,
  type EndedClaim,
  type HeldLane,
  type LaneAfter,
  type NextDelivery,
} from './consequence.ts';

interface LockedLane extends HeldLane {
  readonly token: number;
}

/**
 * What `settleEach` does, for PostgreSQL, in two or three statements: there every statement is a round trip, and one by
 * one they
 * would be the price of a delivery. Items come in lock order; the answers come in the order of the items.
 */
export async function settleBatch(transaction: Transaction, items: readonly EndedClaim[]): Promise<boolean[]> {
  const lanes = await lockLanes(
    transaction,
    items.map(({ claim }) => claim.laneId),
  );
  const held = heldOf(items, lanes);
  const following = await nextBehind(
    transaction,
    held.filter(({ item, lane }) => asksForNext(item, lane)).map(({ lane }) => lane.id),
  );
  await write(
    transaction,
    held.map(({ item, lane }) => consequenceOf(item, lane, following.get(lane.id))),
  );
  const settled = new Set(held.map(({ item }) => item));
  return items.map((item) => settled.has(item));
}

async function lockLanes(transaction: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, LockedLane>> {
  // One row at a time in the order given: that of all lockers.
  const { rows } = await sql<LockedLane>`
    select lanes.id, lanes.token, lanes.key, lanes.head, lanes.tail, lanes.interrupted from unnest(${ids}::bigint[]) with ordinality as wanted(id, place)
    join lanes on lanes.id = wanted.id order by wanted.place for update of lanes`.execute(transaction);
  return new Map(rows.map((lane) => [lane.id, lane]));
}

/** A claim that is settled twice in one batch is settled by the first. */
function heldOf(
  items: readonly EndedClaim[],
  lanes: ReadonlyMap<number, LockedLane>,
): { readonly item: EndedClaim; readonly lane: LockedLane }[] {
  const seen = new Set<number>();
  return items.flatMap((item) => {
    const lane = lanes.get(item.claim.laneId);
    if (lane?.token !== item.claim.token || seen.has(lane.id)) return [];
    seen.add(lane.id);
    return [{ item, lane }];
  });
}

/** A statement of its own: the one that locked may have waited for a mapper whose delivery its snapshot cannot see. */
async function nextBehind(
  transaction: Transaction,
  lanes: readonly number[],
): Promise<ReadonlyMap<number, NextDelivery>> {
  if (lanes.length === 0) return new Map();
  const { rows } = await sql<NextDelivery & { readonly id: number }>`
    select lanes.id, following.pos, following.state = 'pending' and following.record as ready
    from lanes cross join lateral (
      select pos, state, record is not null as record from deliveries
      where lane_id = lanes.id and pos > lanes.head and state in ('pending', 'dead') order by pos limit 1
    ) as following where lanes.id = any(${lanes}::bigint[])`.execute(transaction);
  return new Map(rows.map((next) => [next.id, next]));
}

/** Attempts, deliveries and lanes in one statement: the three never touch each other's rows. */
async function write(transaction: Transaction, rows: readonly Consequence[]): Promise<void> {
  if (rows.length === 0) return;
  const attempts = <T>(pick: (attempt: Consequence['attempt']) => T) => rows.map(({ attempt }) => pick(attempt));
  const deliveries = <T>(pick: (delivery: Consequence['delivery']) => T) => rows.map(({ delivery }) => pick(delivery));
  const lanes = rows.map(({ lane }) => lane);
  const left = lanes.filter((lane) => lane.change !== 'gone');
  const gone = lanes.filter((lane) => lane.change === 'gone');
  const stayed = (pick: (lane: Extract<LaneAfter, { readonly change: 'stayed' }>) => number) =>
    left.map((lane) => (lane.change === 'stayed' ? pick(lane) : 0));
  await sql`
    with attempted as (
      insert into attempts (delivery_id, number, started_at, finished_at, outcome, summary, exchanges, warnings)
      select * from unnest(
        ${attempts(({ delivery_id }) => delivery_id)}::bigint[], ${attempts(({ number }) => number)}::bigint[],
        ${attempts(({ started_at }) => started_at)}::bigint[], ${attempts(({ finished_at }) => finished_at)}::bigint[],
        ${attempts(({ outcome }) => outcome)}::text[], ${attempts(({ summary }) => summary)}::text[],
        ${attempts(({ exchanges }) => exchanges)}::text[], ${attempts(({ warnings }) => warnings)}::text[])
    ), delivered as (
      update deliveries set state = after.state, reason = after.reason, attempts = after.attempts, finished_at = after.finished_at, last_error = after.error, attention = after.attention,
        attempt_bytes = deliveries.attempt_bytes + after.bytes
      from unnest(
        ${deliveries(({ id }) => id)}::bigint[], ${deliveries(({ state }) => state)}::text[], ${deliveries(({ reason }) => reason)}::text[],
        ${deliveries((delivery) => delivery.attempts)}::bigint[], ${deliveries(({ finished_at }) => finished_at)}::bigint[], ${deliveries(({ last_error }) => last_error)}::text[],
        ${deliveries(({ bytes }) => bytes)}::bigint[], ${deliveries(({ attention }) => attention)}::text[]
      ) as after(id, state, reason, attempts, finished_at, error, bytes, attention)
      where deliveries.id = after.id
    ), moved as (
      update lanes set lease_until = 0, token = token + 1, due_at = after.due_at, head = coalesce(after.head, lanes.head),
        attempts = case when after.head is null then lanes.attempts + after.attempts else 0 end,
        spent = case when after.head is null then lanes.spent + after.spent else 0 end,
        conflicts = case when after.head is null then lanes.conflicts + after.conflicts else 0 end,
        tried_since = case when after.head is null then lanes.tried_since end, interrupted = after.interrupted, wait = after.wait
      from unnest(
        ${left.map(({ id }) => id)}::bigint[], ${left.map((lane) => (lane.change === 'moved' ? lane.head : null))}::bigint[],
        ${left.map(({ dueAt }) => dueAt)}::bigint[], ${stayed((lane) => lane.interrupted)}::bigint[], ${stayed((lane) => lane.wait)}::bigint[],
        ${stayed(({ adds }) => adds.attempts)}::bigint[], ${stayed(({ adds }) => adds.spent)}::bigint[], ${stayed(({ adds }) => adds.conflicts)}::bigint[]
      ) as after(id, head, due_at, interrupted, wait, attempts, spent, conflicts)
      where lanes.id = after.id
    )
    delete from lanes where id = any(${gone.map(({ id }) => id)}::bigint[])`.execute(transaction);
}
