import type { Selectable } from 'kysely';
import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { Procedure } from '../database/procedure.ts';
import type { EventsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import type { IncomingEvent, Kept } from './event.ts';

const selectVariants = statement<{ key: string }, { variant: string; event_id: number }>(
  'select variant, event_id from event_keys where key = :key',
);

const insertEvent = statement<Omit<Selectable<EventsTable>, 'id'>, { id: number }>(`
  insert into events
    (source, scope, event, type, action, state, received_at, finished_at, body, body_size, headers, error)
  values
    (:source, :scope, :event, :type, :action, :state, :received_at, :finished_at, :body, :body_size, :headers, :error)
  returning id`);

const insertKey = statement<{ key: string; variant: string; event: number }, { event_id: number }>(`
  insert into event_keys (key, variant, event_id) values (:key, :variant, :event)
  on conflict do nothing returning event_id`);

const deleteEvent = statement<{ id: number }>('delete from events where id = :id');

// All keys of a batch in one order, before the first insert: two instances with the same events in opposite order would
// wait for each other.
const lockKeys = statement<{ keys: readonly string[] }>(`
  select pg_advisory_xact_lock(hash) from (
    select distinct hashtextextended(key, 0) as hash from unnest(:keys::text[]) as keys(key) order by hash
  ) as hashes`);

/** Inserts the events that are no duplicates, in this order. */
export const keepEvents = new Procedure(
  'keepEvents',
  async (transaction, events: readonly IncomingEvent[]): Promise<Kept[]> => {
    if (transaction.engine === 'postgres' && events.length > 1)
      await lockKeys(transaction, {
        keys: events.flatMap(({ dedupeKey }) => (dedupeKey === undefined ? [] : indexed(dedupeKey))),
      });
    const kept: Kept[] = [];
    for (const event of events) kept.push(await keepEvent(transaction, event));
    return kept;
  },
);

async function keepEvent(transaction: Transaction, event: IncomingEvent): Promise<Kept> {
  if (event.dedupeKey === undefined)
    return { outcome: 'accepted', event: await insert(transaction, event), conflicting: false };
  const key = indexed(event.dedupeKey);
  const variant = indexed(event.variant);
  const earlier = await selectVariants(transaction, { key });
  const repeated = earlier.find((each) => each.variant === variant);
  if (repeated !== undefined) return { outcome: 'duplicate', event: repeated.event_id, conflicting: false };

  const id = await insert(transaction, event);
  const [inserted] = await insertKey(transaction, { key, variant, event: id });
  if (inserted !== undefined) return { outcome: 'accepted', event: id, conflicting: earlier.length > 0 };

  // Another instance committed the same key between our look and our insert: its event is the one.
  await deleteEvent(transaction, { id });
  const winner = (await selectVariants(transaction, { key })).find((each) => each.variant === variant);
  return { outcome: 'duplicate', event: winner?.event_id ?? id, conflicting: false };
}

async function insert(transaction: Transaction, event: IncomingEvent): Promise<number> {
  const unreadable = event.error !== undefined;
  const [row] = await insertEvent(transaction, {
    source: event.source,
    scope: event.scope,
    event: event.event ?? null,
    type: event.type ?? null,
    action: event.action ?? null,
    state: unreadable ? 'failed' : 'received',
    received_at: event.receivedAt,
    finished_at: unreadable ? event.receivedAt : null,
    body: event.body ?? null,
    body_size: event.bodySize,
    headers: JSON.stringify(event.headers),
    error: unreadable ? JSON.stringify(event.error) : null,
  });
  if (row === undefined) throw new Error('the database returned no id for an inserted event');
  return row.id;
}
