import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { causeOf, keepCauses } from './cause.ts';
import { holdKeys } from '../people/hold-key.ts';
import type { NewDelivery } from './delivery.ts';
import { inLockOrder } from './settle/lock-order.ts';

interface LaneValues {
  readonly target: string;
  readonly key: string | null;
  /** When the new delivery may be tried if nothing stands before it; null for a dead letter. */
  readonly due: number | null;
}

// An idle lane (head > tail) wakes with the new delivery as its head; a busy one only grows.
const growLane = statement<LaneValues, { id: number; tail: number }>(`
  insert into lanes (target, key, head, tail, due_at) values (:target, :key, 1, 1, :due)
  on conflict (target, key) do update set
    tail = lanes.tail + 1,
    due_at = case when lanes.head > lanes.tail then excluded.due_at else lanes.due_at end
  returning id, tail`);

const insertRow = statement<
  {
    lane: number;
    pos: number;
    event: number | null;
    mapping: string;
    hash: string;
    target: string;
    key: string | null;
    scope: string;
    state: 'pending' | 'dead';
    reason: 'mapping failed' | null;
    record: string | null;
    idempotency: string;
    created: number;
    finished: number | null;
    error: string | null;
    replay: number | null;
    applicant: string | null;
    vacancy: string | null;
    person: number | null;
    seal: number | null;
    key_text: string | null;
    cause: string | null;
  },
  { id: number }
>(`
  insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, reason, record,
    idempotency_key, created_at, finished_at, last_error, replay_of, applicant, vacancy, person, seal, key_text, cause)
  values (:lane, :pos, :event, :mapping, :hash, :target, :key, :scope, :state, :reason, :record,
    :idempotency, :created, :finished, :error, :replay, :applicant, :vacancy, :person, :seal, :key_text, :cause)
  returning id`);

const rememberOnce = statement<{ mapping: string; scope: string; value: string; event: number }, { event_id: number }>(`
  insert into once (mapping, scope, value, event_id) values (:mapping, :scope, :value, :event)
  on conflict do nothing returning event_id`);

/** Ids repeat between organisations; lanes must not. Null: a lane of its own. */
function laneKey(delivery: NewDelivery): string | null {
  return delivery.order === 'strict' && delivery.key !== null
    ? indexed(`${delivery.scope}\u001f${delivery.key}`)
    : null;
}

/**
 * Puts each at the end of its lane; those of one key keep the order in which they are given, ids in that order too.
 * Last in its transaction, for it locks lanes.
 */
export async function insertDeliveries(
  transaction: Transaction,
  deliveries: readonly NewDelivery[],
): Promise<number[]> {
  await holdKeys(
    transaction,
    deliveries.flatMap(({ sealed }) => sealed?.with ?? []),
  );
  const ids: number[] = [];
  for (const { delivery, index } of inLockOrder(
    deliveries.map((delivery, index) => ({ delivery, index })),
    ({ delivery }) => [delivery.target, laneKey(delivery)],
  )) {
    ids[index] = await insertDelivery(transaction, delivery);
  }
  return ids;
}

async function insertDelivery(transaction: Transaction, delivery: NewDelivery): Promise<number> {
  const failed = 'failed' in delivery.made;
  const cause =
    'failed' in delivery.made ? causeOf(delivery.target, 'mapping failed', delivery.made.failed) : undefined;
  if (cause !== undefined) await keepCauses(transaction, [cause]);
  const [lane] = await growLane(transaction, {
    target: delivery.target,
    key: laneKey(delivery),
    due: failed ? null : delivery.createdAt,
  });
  if (lane === undefined) throw new Error('the database returned no lane for a delivery');
  const [row] = await insertRow(transaction, {
    lane: lane.id,
    pos: lane.tail,
    event: delivery.eventId,
    mapping: delivery.mapping,
    hash: delivery.mappingHash,
    target: delivery.target,
    key: delivery.key,
    scope: delivery.scope,
    state: failed ? 'dead' : 'pending',
    reason: failed ? 'mapping failed' : null,
    record: 'failed' in delivery.made ? null : delivery.made.record,
    idempotency: 'failed' in delivery.made ? '' : delivery.made.idempotencyKey,
    created: delivery.createdAt,
    finished: failed ? delivery.createdAt : null,
    replay: delivery.replayOf ?? null,
    applicant: indexedOrNull(delivery.applicant),
    vacancy: indexedOrNull(delivery.vacancy),
    person: delivery.person ?? null,
    seal: delivery.sealed?.seal ?? null,
    key_text: delivery.sealed?.keyText ?? null,
    cause: cause?.id ?? null,
    error: 'failed' in delivery.made ? JSON.stringify(delivery.made.failed) : null,
  });
  if (row === undefined) throw new Error('the database returned no id for a delivery');
  return row.id;
}

function indexedOrNull(id: string | null | undefined): string | null {
  return id === null || id === undefined ? null : indexed(id);
}

/** True for the first event with this value of `once:`, and only then. */
export async function isFirst(
  transaction: Transaction,
  once: { readonly mapping: string; readonly scope: string; readonly value: string; readonly event: number },
): Promise<boolean> {
  const { mapping, scope, value, event } = once;
  return (await rememberOnce(transaction, { mapping, event, scope: indexed(scope), value: indexed(value) })).length > 0;
}

export const insertAll = new Procedure('insertAll', insertDeliveries);

/** A replayed delivery; `once` as of its mapping, null: no condition. */
export interface Replayed {
  readonly delivery: NewDelivery;
  readonly once: string | null;
  readonly actor?: Actor | undefined;
}

/** Null when an earlier event had the value of `once` and nothing is repeated. */
export const insertReplayed = new Procedure(
  'insertReplayed',
  async (transaction, { delivery, once, actor }: Replayed): Promise<number | null> => {
    // What was never delivered still has to be the first of its kind; a repetition is meant as one.
    const { mapping, scope, eventId: event } = delivery;
    const first =
      once === null || event === null || (await isFirst(transaction, { mapping, scope, value: once, event }));
    if (!first && delivery.replayOf === undefined) return null;
    const [id] = await insertDeliveries(transaction, [delivery]);
    if (actor !== undefined)
      await writeEntry(transaction, actor, {
        action: 'replay',
        on: [`event/${event}`, `delivery/${id}`],
        now: delivery.createdAt,
      });
    return id ?? null;
  },
);
