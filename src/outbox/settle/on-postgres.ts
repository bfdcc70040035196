import type { Transaction } from '../../database/connection.ts';
import { statement } from '../../database/statement.ts';
import { keepCauses } from '../cause.ts';
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

// One row at a time in the order given: that of all lockers.
const lockLanes = statement<{ lanes: readonly number[] }, LockedLane>(`
  select lanes.id, lanes.token, lanes.key, lanes.head, lanes.tail, lanes.interrupted
  from unnest(:lanes::bigint[]) with ordinality as wanted(id, place) join lanes on lanes.id = wanted.id
  order by wanted.place for update of lanes`);

// A statement of its own: the one that locked may have waited for a mapper whose delivery its snapshot cannot see.
const selectNext = statement<{ lanes: readonly number[] }, NextDelivery & { readonly id: number }>(`
  select lanes.id, following.pos, following.state = 'pending' and following.record as ready
  from lanes cross join lateral (
    select pos, state, record is not null as record from deliveries
    where lane_id = lanes.id and pos > lanes.head and state in ('pending', 'dead') order by pos limit 1
  ) as following where lanes.id = any (:lanes::bigint[])`);

/** Attempts, deliveries and lanes in one statement: the three never touch each other's rows. */
const writeAll = statement<Columns>(`
  with attempted as (
    insert into attempts (delivery_id, number, started_at, finished_at, outcome, summary, exchanges, warnings, seal,
      person)
    select tried.*, deliveries.person from unnest(
      :attempt_deliveries::bigint[], :numbers::bigint[], :started::bigint[], :ended::bigint[],
      :outcomes::text[], :summaries::text[], :exchanges::text[], :warnings::text[],
      :seals::bigint[]
    ) as tried(delivery, number, started, ended, outcome, summary, exchanges, warnings, seal)
    left join deliveries on deliveries.id = tried.delivery
  ), delivered as (
    update deliveries set state = after.state, reason = after.reason, attempts = after.attempts,
      finished_at = after.finished_at, last_error = after.error, attention = after.attention, cause = after.cause,
      attempt_bytes = deliveries.attempt_bytes + after.bytes
    from unnest(:deliveries::bigint[], :states::text[], :reasons::text[], :attempts::bigint[], :finished::bigint[],
      :errors::text[], :bytes::bigint[], :attentions::text[], :causes::text[]
    ) as after(id, state, reason, attempts, finished_at, error, bytes, attention, cause)
    where deliveries.id = after.id
  ), moved as (
    update lanes set lease_until = 0, token = token + 1, due_at = after.due_at, head = coalesce(after.head, lanes.head),
      attempts = case when after.head is null then lanes.attempts + after.attempts else 0 end,
      spent = case when after.head is null then lanes.spent + after.spent else 0 end,
      conflicts = case when after.head is null then lanes.conflicts + after.conflicts else 0 end,
      tried_since = case when after.head is null then lanes.tried_since end, interrupted = after.interrupted,
      wait = after.wait
    from unnest(:lanes::bigint[], :heads::bigint[], :dues::bigint[], :interrupted::bigint[], :waits::bigint[],
      :counted::bigint[], :spent::bigint[], :conflicts::bigint[]
    ) as after(id, head, due_at, interrupted, wait, attempts, spent, conflicts)
    where lanes.id = after.id
  )
  delete from lanes where id = any (:gone::bigint[])`);

type Column<T> = readonly T[];

interface Columns {
  readonly attempt_deliveries: Column<number>;
  readonly numbers: Column<number>;
  readonly started: Column<number>;
  readonly ended: Column<number>;
  readonly outcomes: Column<string>;
  readonly summaries: Column<string | null>;
  readonly exchanges: Column<string>;
  readonly warnings: Column<string>;
  readonly seals: Column<number | null>;
  readonly deliveries: Column<number>;
  readonly states: Column<string>;
  readonly reasons: Column<string | null>;
  readonly attempts: Column<number>;
  readonly finished: Column<number | null>;
  readonly errors: Column<string | null>;
  readonly bytes: Column<number>;
  readonly attentions: Column<string | null>;
  readonly causes: Column<string | null>;
  readonly lanes: Column<number>;
  readonly heads: Column<number | null>;
  readonly dues: Column<number | null>;
  readonly interrupted: Column<number>;
  readonly waits: Column<number>;
  readonly counted: Column<number>;
  readonly spent: Column<number>;
  readonly conflicts: Column<number>;
  readonly gone: Column<number>;
}

/**
 * What `settleEach` does, for PostgreSQL, in two or three statements: there every statement is a round trip, and one by
 * one they would be the price of a delivery. Items come in lock order; the answers come in the order of the items.
 */
export async function settleBatch(transaction: Transaction, items: readonly EndedClaim[]): Promise<boolean[]> {
  const locked = await lockLanes(transaction, { lanes: items.map(({ claim }) => claim.laneId) });
  const held = heldOf(items, new Map(locked.map((lane) => [lane.id, lane])));
  const following = await nextBehind(
    transaction,
    held.filter(({ item, lane }) => asksForNext(item, lane)).map(({ lane }) => lane.id),
  );
  const consequences = held.map(({ item, lane }) => consequenceOf(item, lane, following.get(lane.id)));
  await keepCauses(
    transaction,
    consequences.flatMap(({ cause }) => cause ?? []),
  );
  await write(transaction, consequences);
  const settled = new Set(held.map(({ item }) => item));
  return items.map((item) => settled.has(item));
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

async function nextBehind(
  transaction: Transaction,
  lanes: readonly number[],
): Promise<ReadonlyMap<number, NextDelivery>> {
  if (lanes.length === 0) return new Map();
  const following = await selectNext(transaction, { lanes });
  return new Map(following.map((next) => [next.id, next]));
}

async function write(transaction: Transaction, rows: readonly Consequence[]): Promise<void> {
  if (rows.length === 0) return;
  const lanes = rows.map(({ lane }) => lane);
  const left = lanes.filter((lane) => lane.change !== 'gone');
  const stayed = (pick: (lane: Extract<LaneAfter, { readonly change: 'stayed' }>) => number) =>
    left.map((lane) => (lane.change === 'stayed' ? pick(lane) : 0));
  await writeAll(transaction, {
    attempt_deliveries: rows.map(({ attempt }) => attempt.delivery_id),
    numbers: rows.map(({ attempt }) => attempt.number),
    started: rows.map(({ attempt }) => attempt.started_at),
    ended: rows.map(({ attempt }) => attempt.finished_at),
    outcomes: rows.map(({ attempt }) => attempt.outcome),
    summaries: rows.map(({ attempt }) => attempt.summary ?? null),
    exchanges: rows.map(({ attempt }) => attempt.exchanges),
    warnings: rows.map(({ attempt }) => attempt.warnings),
    seals: rows.map(({ attempt }) => attempt.seal ?? null),
    deliveries: rows.map(({ delivery }) => delivery.id),
    states: rows.map(({ delivery }) => delivery.state),
    reasons: rows.map(({ delivery }) => delivery.reason),
    attempts: rows.map(({ delivery }) => delivery.attempts),
    finished: rows.map(({ delivery }) => delivery.finished_at),
    errors: rows.map(({ delivery }) => delivery.last_error),
    bytes: rows.map(({ delivery }) => delivery.bytes),
    attentions: rows.map(({ delivery }) => delivery.attention),
    causes: rows.map(({ delivery }) => delivery.cause),
    lanes: left.map(({ id }) => id),
    heads: left.map((lane) => (lane.change === 'moved' ? lane.head : null)),
    dues: left.map(({ dueAt }) => dueAt),
    interrupted: stayed((lane) => lane.interrupted),
    waits: stayed((lane) => lane.wait),
    counted: stayed(({ adds }) => adds.attempts),
    spent: stayed(({ adds }) => adds.spent),
    conflicts: stayed(({ adds }) => adds.conflicts),
    gone: lanes.filter((lane) => lane.change === 'gone').map(({ id }) => id),
  });
}
