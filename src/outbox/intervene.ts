import { isPostgres, type Transaction } from '../database/executor.ts';
import type { Text } from '../text.ts';
import type { LanePlace } from './settle/consequence.ts';
import { advance } from './settle/lane.ts';

/** What a person's retry or cancel came to. */
export type Intervention = { readonly done: true } | { readonly done: false; readonly why: Text };

interface Place {
  readonly lane: LanePlace;
  readonly leased: boolean;
  readonly pos: number;
  readonly state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  readonly hasRecord: boolean;
}

const done: Intervention = { done: true };

/**
 * Tries a delivery again, now: a dead letter comes back to life with fresh budgets, a waiting one is not kept waiting.
 */
export async function retryDelivery(transaction: Transaction, id: number, now: number): Promise<Intervention> {
  const place = await placeOf(transaction, id);
  if (place === undefined) return unknownDelivery(id);
  if (place.state === 'delivered' || place.state === 'cancelled') return refused(id, place.state);
  if (place.leased && place.pos === place.lane.head) return beingSent(id);

  if (place.state === 'dead') {
    await transaction
      .updateTable('deliveries')
      .set({ state: 'pending', reason: null, finished_at: null })
      .where('id', '=', id)
      .execute();
  }
  // Without a record the mapper makes one first; until then the lane stands still, so that order is kept.
  if (place.pos === place.lane.head && place.hasRecord) await makeDue(transaction, place.lane.id, now);
  return done;
}

/** Gives a delivery up for good; what waited behind it has its turn. */
export async function cancelDelivery(transaction: Transaction, id: number, now: number): Promise<Intervention> {
  const place = await placeOf(transaction, id);
  if (place === undefined) return unknownDelivery(id);
  if (place.state === 'delivered' || place.state === 'cancelled') return refused(id, place.state);
  if (place.leased && place.pos === place.lane.head) return beingSent(id);

  await transaction
    .updateTable('deliveries')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .execute();
  if (place.pos === place.lane.head) await advance(transaction, place.lane, now);
  return done;
}

/** A retried dead letter of a mapping that failed: what the current mapping file makes of its event. */
export type Remapped =
  | {
      readonly outcome: 'record';
      readonly record: string;
      readonly idempotencyKey: string;
      readonly mappingHash: string;
    }
  | { readonly outcome: 'failed'; readonly text: Text }
  | { readonly outcome: 'skipped' };

export async function remapDelivery(
  transaction: Transaction,
  id: number,
  remapped: Remapped,
  now: number,
): Promise<void> {
  const place = await placeOf(transaction, id);
  if (place === undefined || place.state !== 'pending' || place.hasRecord) return; // cancelled meanwhile
  const row = transaction.updateTable('deliveries').where('id', '=', id);
  switch (remapped.outcome) {
    case 'record':
      await row
        .set({
          record: remapped.record,
          idempotency_key: remapped.idempotencyKey,
          mapping_hash: remapped.mappingHash,
          last_error: null,
        })
        .execute();
      if (place.pos === place.lane.head) await makeDue(transaction, place.lane.id, now);
      return;
    case 'failed':
      await row
        .set({ state: 'dead', reason: 'mapping failed', finished_at: now, last_error: JSON.stringify(remapped.text) })
        .execute();
      return;
    case 'skipped':
      await row.set({ state: 'cancelled', finished_at: now, last_error: JSON.stringify(noLongerWanted) }).execute();
      if (place.pos === place.lane.head) await advance(transaction, place.lane, now);
      return;
  }
}

const noLongerWanted: Text = {
  ru: 'маппинг в нынешнем виде это событие не берёт: доставка отменена',
  en: 'the mapping as it is now does not want this event: the delivery was cancelled',
};

/**
 * The lane stays as it is until the transaction ends: a claim, a settle or an insert in between would be undone by what
 * was read before it.
 */
async function placeOf(transaction: Transaction, id: number): Promise<Place | undefined> {
  if (isPostgres(transaction)) {
    await transaction
      .selectFrom('lanes')
      .select('id')
      .where('id', '=', (where) => where.selectFrom('deliveries').select('lane_id').where('deliveries.id', '=', id))
      .forUpdate()
      .execute();
  }
  const row = await transaction
    .selectFrom('deliveries')
    .leftJoin('lanes', 'lanes.id', 'deliveries.lane_id')
    .select((select) => [
      'deliveries.pos',
      'deliveries.state',
      'lanes.id',
      'lanes.key',
      'lanes.head',
      'lanes.tail',
      'lanes.lease_until',
      select
        .case()
        .when('deliveries.record', 'is not', null)
        .then(select.lit(1))
        .else(select.lit(0))
        .end()
        .as('has_record'),
    ])
    .where('deliveries.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const lane = { id: row.id ?? 0, key: row.key ?? null, head: row.head ?? 0, tail: row.tail ?? 0 };
  return { lane, leased: (row.lease_until ?? 0) > 0, pos: row.pos, state: row.state, hasRecord: row.has_record === 1 };
}

async function makeDue(transaction: Transaction, lane: number, now: number): Promise<void> {
  await transaction
    .updateTable('lanes')
    .set({ due_at: now, attempts: 0, tried_since: null, interrupted: 0, wait: 0, spent: 0, conflicts: 0 })
    .where('id', '=', lane)
    .execute();
}

function unknownDelivery(id: number): Intervention {
  return { done: false, why: { ru: `доставки ${id} нет`, en: `there is no delivery ${id}` } };
}

function refused(id: number, state: 'delivered' | 'cancelled'): Intervention {
  const word = {
    delivered: { ru: 'уже доставлена', en: 'is delivered already' },
    cancelled: { ru: 'уже отменена', en: 'is cancelled already' },
  }[state];
  return { done: false, why: { ru: `доставка ${id} ${word.ru}`, en: `delivery ${id} ${word.en}` } };
}

function beingSent(id: number): Intervention {
  return {
    done: false,
    why: {
      ru: `доставка ${id} отправляется прямо сейчас: дождитесь исхода попытки`,
      en: `delivery ${id} is being sent right now: wait for the attempt to end`,
    },
  };
}
