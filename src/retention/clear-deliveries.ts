import type { Actor } from '../audit/entry.ts';
import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { cancelDelivery } from '../outbox/intervene.ts';
import { type Cleared, inBulks } from './clear-events.ts';
import { repack } from './repack.ts';

interface OldDeliveries {
  readonly before: number;
  readonly from: number;
  readonly most: number;
}

const selectOld = statement<OldDeliveries, { id: number; finished_at: number }>(`
  select id, finished_at from deliveries
  where record is not null and state in ('delivered', 'cancelled') and finished_at < cast(:before as bigint)
    and finished_at >= cast(:from as bigint) and id not in (${inBulks})
  order by finished_at limit cast(:most as bigint)`);

const clearRow = statement<{ id: number }>(`
  update deliveries set record = null, progress = null, key_text = null, attention = null, attempt_bytes = 0,
    seal = null, idempotency_key = ''
  where id = :id`);

const deleteAttempts = statement<{ id: number }>('delete from attempts where delivery_id = :id');

/** Records, progress and attempts; the rows stay, and say what was there and what became of it. */
export const clearDeliveries = new Procedure(
  'clearDeliveries',
  async (transaction, old: OldDeliveries): Promise<Cleared> => {
    const rows = await selectOld(transaction, old);
    for (const { id } of rows) await clear(transaction, id);
    await repack(
      transaction,
      'deliveries',
      rows.map(({ id }) => id),
    );
    return { count: rows.length, next: rows.length < old.most ? undefined : rows.at(-1)?.finished_at };
  },
);

async function clear(transaction: Transaction, id: number): Promise<void> {
  await deleteAttempts(transaction, { id });
  await clearRow(transaction, { id });
}

const selectDead = statement<{ before: number; from: number }, { id: number; event_id: number; finished_at: number }>(`
  select id, event_id, finished_at from deliveries
  where state = 'dead' and finished_at < cast(:before as bigint) and finished_at >= cast(:from as bigint)
    and id not in (${inBulks})
  order by finished_at, id limit 1`);

// Its event has nobody else who needs it.
const clearEvent = statement<{ id: number }>(`
  update events set body = null, headers = '{}', seal = null
  where id = :id and not exists (
    select 1 from deliveries where event_id = events.id and (state in ('pending', 'dead') or record is not null))`);

/**
 * One dead letter: cancelled as a person would, so that what waits behind it has its turn, then cleared. One in a
 * transaction, for it locks a lane and the audit.
 */
export const clearDead = new Procedure(
  'clearDead',
  async (
    transaction,
    {
      actor,
      now,
      ...old
    }: { readonly before: number; readonly from: number; readonly actor: Actor; readonly now: number },
  ): Promise<Cleared> => {
    const [row] = await selectDead(transaction, old);
    if (row === undefined) return { count: 0, next: undefined };
    const { id, event_id: event, finished_at: finished } = row;
    const { done } = await cancelDelivery.run(transaction, { id, now, actor });
    if (!done) return { count: 0, next: finished + 1 };
    await clear(transaction, id);
    await clearEvent(transaction, { id: event });
    return { count: 1, next: finished };
  },
);

interface OldAttempts {
  readonly before: number;
  /** Attempts with ids above this, so many of them are looked at. */
  readonly above: number;
  readonly most: number;
}

const selectLast = statement<{ above: number; most: number }, { id: number | null }>(`
  select max(id) as id from (
    select id from attempts where id > cast(:above as bigint) order by id limit cast(:most as bigint)) as looked`);

const deleteOldAttempts = statement<{ before: number; above: number; last: number }, { id: number }>(`
  delete from attempts where id > cast(:above as bigint) and id <= cast(:last as bigint)
    and exists (select 1 from deliveries where deliveries.id = attempts.delivery_id
      and state in ('delivered', 'cancelled') and finished_at < cast(:before as bigint))
    and exists (select 1 from attempts as later
      where later.delivery_id = attempts.delivery_id and later.number > attempts.number)
  returning id`);

/** Attempts of what is done, all but the last one of each. */
export const clearAttempts = new Procedure(
  'clearAttempts',
  async (transaction, { before, above, most }: OldAttempts): Promise<Cleared> => {
    const [looked] = await selectLast(transaction, { above, most });
    const last = looked?.id ?? null;
    if (last === null) return { count: 0, next: undefined };
    const gone = await deleteOldAttempts(transaction, { before, above, last });
    return { count: gone.length, next: last };
  },
);
