import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKey } from '../people/hold-key.ts';
import type { SealedWith } from '../people/sealed-with.ts';
import type { Text } from '../text.ts';
import { causeOf, keepCauses } from './cause.ts';
import type { LanePlace } from './settle/consequence.ts';
import { advance } from './settle/lane.ts';

/** What a person's retry or cancel came to. */
export type Intervention = { readonly done: true } | Refusal;

export interface Refusal {
  readonly done: false;
  readonly why: Text;
}

const reviveRow = statement<{ id: number }>(
  `update deliveries set state = 'pending', reason = null, finished_at = null where id = :id`,
);

const cancelRow = statement<{ id: number; now: number }>(
  `update deliveries set state = 'cancelled', finished_at = :now where id = :id`,
);

const dropRow = statement<{ id: number; now: number; error: string }>(
  `update deliveries set state = 'cancelled', finished_at = :now, last_error = :error where id = :id`,
);

const failRow = statement<{ id: number; now: number; error: string; cause: string }>(`
  update deliveries set state = 'dead', reason = 'mapping failed', finished_at = :now, last_error = :error,
    cause = :cause
  where id = :id`);

const fillRow = statement<{ id: number; record: string; idempotency: string; hash: string; seal: number | null }>(`
  update deliveries set record = :record, seal = :seal, progress = null, idempotency_key = :idempotency,
    mapping_hash = :hash, last_error = null, cause = null
  where id = :id`);

const makeDue = statement<{ lane: number; now: number }>(
  `
  update lanes set due_at = :now, attempts = 0, tried_since = null, interrupted = 0, wait = 0, spent = 0, conflicts = 0
  where id = :lane`,
);

// PostgreSQL: the lane stays as it is until the transaction ends.
const lockLane = statement<{ id: number }>(
  'select id from lanes where id = (select lane_id from deliveries where deliveries.id = :id) for update',
);

const selectPlace = statement<{ id: number }, PlaceRow>(`
  select deliveries.pos, deliveries.state, deliveries.target, lanes.id, lanes.key, lanes.head, lanes.tail,
    lanes.lease_until,
    case when deliveries.record is not null then 1 else 0 end as has_record,
    case when deliveries.event_id is not null then 1 else 0 end as has_event
  from deliveries left join lanes on lanes.id = deliveries.lane_id where deliveries.id = :id`);

interface PlaceRow {
  readonly pos: number;
  readonly state: Place['state'];
  readonly target: string;
  readonly id: number | null;
  readonly key: string | null;
  readonly head: number | null;
  readonly tail: number | null;
  readonly lease_until: number | null;
  readonly has_record: number;
  readonly has_event: number;
}

/** Which delivery, and when it was wished. */
export interface PersonsWish {
  readonly id: number;
  readonly now: number;
  /** Undefined: a part of something that the audit has as a whole. */
  readonly actor?: Actor | undefined;
}

export interface Place {
  readonly lane: LanePlace;
  readonly leased: boolean;
  readonly pos: number;
  readonly state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  readonly target: string;
  readonly hasRecord: boolean;
  /** False: an alarm, which no mapping can make anew. */
  readonly hasEvent: boolean;
}

const done: Intervention = { done: true };

/** An answer of a person to a question is followed by a retry. */
export interface Retry extends PersonsWish {
  readonly action?: 'retry' | 'choose';
}

/**
 * Tries a delivery again, now: a dead letter comes back to life with fresh budgets, a waiting one is not kept waiting.
 */
export const retryDelivery = new Procedure(
  'retryDelivery',
  async (transaction, { id, now, actor, action = 'retry' }: Retry): Promise<Intervention> => {
    const place = await openPlace(transaction, id);
    if ('done' in place) return place;
    if (place.state === 'dead') await reviveRow(transaction, { id });
    // Without a record the mapper makes one first; until then the lane stands still, so that order is kept.
    if (place.pos === place.lane.head && place.hasRecord) await makeDue(transaction, { lane: place.lane.id, now });
    if (actor !== undefined) await writeEntry(transaction, actor, { action, on: [`delivery/${id}`], now });
    return done;
  },
);

/** Gives a delivery up for good; what waited behind it has its turn. */
export const cancelDelivery = new Procedure(
  'cancelDelivery',
  async (transaction, { id, now, actor }: PersonsWish): Promise<Intervention> => {
    const place = await openPlace(transaction, id);
    if ('done' in place) return place;
    await cancelRow(transaction, { id, now });
    if (place.pos === place.lane.head) await advance(transaction, place.lane, now);
    if (actor !== undefined) await writeEntry(transaction, actor, { action: 'cancel', on: [`delivery/${id}`], now });
    return done;
  },
);

/** A retried dead letter of a mapping that failed: what the current mapping file makes of its event. */
export type Remapped =
  | {
      readonly outcome: 'record';
      readonly record: string;
      readonly idempotencyKey: string;
      readonly mappingHash: string;
      /** Where the record is sealed: what it is bound to, and whose key it has. */
      readonly sealed?: { readonly seal: number; readonly with: SealedWith };
    }
  | { readonly outcome: 'failed'; readonly text: Text }
  | { readonly outcome: 'skipped' };

export const remapDelivery = new Procedure(
  'remapDelivery',
  async (transaction, { id, now, remapped }: PersonsWish & { readonly remapped: Remapped }): Promise<void> => {
    const place = await placeOf(transaction, id);
    if (place === undefined || place.state !== 'pending' || place.hasRecord) return; // cancelled meanwhile
    const atHead = place.pos === place.lane.head;
    const causeKept = async (): Promise<string> => {
      const text = remapped.outcome === 'failed' ? remapped.text : null;
      const cause = causeOf(place.target, 'mapping failed', text);
      await keepCauses(transaction, [cause]);
      return cause.id;
    };
    switch (remapped.outcome) {
      case 'record':
        if (remapped.sealed !== undefined) await holdKey(transaction, remapped.sealed.with);
        await fillRow(transaction, {
          id,
          record: remapped.record,
          idempotency: remapped.idempotencyKey,
          hash: remapped.mappingHash,
          seal: remapped.sealed?.seal ?? null,
        });
        if (atHead) await makeDue(transaction, { lane: place.lane.id, now });
        return;
      case 'failed':
        await failRow(transaction, { id, now, error: JSON.stringify(remapped.text), cause: await causeKept() });
        return;
      case 'skipped':
        await dropRow(transaction, { id, now, error: JSON.stringify(noLongerWanted) });
        if (atHead) await advance(transaction, place.lane, now);
        return;
    }
  },
);

const noLongerWanted: Text = {
  ru: 'маппинг в нынешнем виде это событие не берёт: доставка отменена',
  en: 'the mapping as it is now does not want this event: the delivery was cancelled',
};

/** Where a delivery stands that a person may still change, or why nobody may. */
export async function openPlace(transaction: Transaction, id: number): Promise<Place | Refusal> {
  const place = await placeOf(transaction, id);
  if (place === undefined) return unknownDelivery(id);
  if (place.state === 'delivered' || place.state === 'cancelled') return refused(id, place.state);
  return place.leased && place.pos === place.lane.head ? beingSent(id) : place;
}

/**
 * The lane stays as it is until the transaction ends: a claim, a settle or an insert in between would be undone by what
 * was read before it.
 */
async function placeOf(transaction: Transaction, id: number): Promise<Place | undefined> {
  if (transaction.engine === 'postgres') await lockLane(transaction, { id });
  const [row] = await selectPlace(transaction, { id });
  if (row === undefined) return undefined;
  const lane = { id: row.id ?? 0, key: row.key ?? null, head: row.head ?? 0, tail: row.tail ?? 0 };
  return {
    lane,
    leased: (row.lease_until ?? 0) > 0,
    pos: row.pos,
    state: row.state,
    target: row.target,
    hasRecord: row.has_record === 1,
    hasEvent: row.has_event === 1,
  };
}

function unknownDelivery(id: number): Refusal {
  return { done: false, why: { ru: `доставки ${id} нет`, en: `there is no delivery ${id}` } };
}

function refused(id: number, state: 'delivered' | 'cancelled'): Refusal {
  const word = {
    delivered: { ru: 'уже доставлена', en: 'is delivered already' },
    cancelled: { ru: 'уже отменена', en: 'is cancelled already' },
  }[state];
  return { done: false, why: { ru: `доставка ${id} ${word.ru}`, en: `delivery ${id} ${word.en}` } };
}

function beingSent(id: number): Refusal {
  return {
    done: false,
    why: {
      ru: `доставка ${id} отправляется прямо сейчас: дождитесь исхода попытки`,
      en: `delivery ${id} is being sent right now: wait for the attempt to end`,
    },
  };
}
