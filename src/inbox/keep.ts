import { type Selectable, sql } from 'kysely';
import { isPostgres, type Transaction } from '../database/executor.ts';
import { Procedure } from '../database/procedure.ts';
import type { EventsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import type { IncomingEvent, Kept } from './event.ts';

const selectVariants = statement<{ key: string }, { variant: string; event_id: number }>((queries, value) =>
  queries.selectFrom('event_keys').select(['variant', 'event_id']).where('key', '=', value('key')),
);

const insertEvent = statement<Omit<Selectable<EventsTable>, 'id'>, { id: number }>((queries, value) =>
  queries
    .insertInto('events')
    .values({
      source: value('source'),
      scope: value('scope'),
      event: value('event'),
      type: value('type'),
      action: value('action'),
      state: value('state'),
      received_at: value('received_at'),
      finished_at: value('finished_at'),
      body: value('body'),
      body_size: value('body_size'),
      headers: value('headers'),
      error: value('error'),
    })
    .returning('id'),
);

const insertKey = statement<{ key: string; variant: string; event: number }, { event_id: number }>((queries, value) =>
  queries
    .insertInto('event_keys')
    .values({ key: value('key'), variant: value('variant'), event_id: value('event') })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id'),
);

const deleteEvent = statement<{ id: number }>((queries, value) =>
  queries.deleteFrom('events').where('id', '=', value('id')),
);

/** Inserts the events that are no duplicates, in this order. */
export const keepEvents = new Procedure(
  import.meta.url,
  'keepEvents',
  async (transaction, events: readonly IncomingEvent[]): Promise<Kept[]> => {
    if (isPostgres(transaction) && events.length > 1) await lockKeys(transaction, events);
    const kept: Kept[] = [];
    for (const event of events) kept.push(await keepEvent(transaction, event));
    return kept;
  },
);

/**
 * All keys of a batch in one order, before the first insert: two instances with the same events in opposite order would
 * wait for each other.
 */
async function lockKeys(transaction: Transaction, events: readonly IncomingEvent[]): Promise<void> {
  const keys = events.flatMap(({ dedupeKey }) => dedupeKey ?? []);
  await sql`select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 0) as hash from unnest(${keys}::text[]) as keys(key) order by hash) as hashes`.execute(
    transaction,
  );
}

async function keepEvent(transaction: Transaction, event: IncomingEvent): Promise<Kept> {
  if (event.dedupeKey === undefined)
    return { outcome: 'accepted', event: await insert(transaction, event), conflicting: false };
  const key = event.dedupeKey;
  const earlier = await selectVariants(transaction, { key });
  const repeated = earlier.find((each) => each.variant === event.variant);
  if (repeated !== undefined) return { outcome: 'duplicate', event: repeated.event_id, conflicting: false };

  const id = await insert(transaction, event);
  const [inserted] = await insertKey(transaction, { key, variant: event.variant, event: id });
  if (inserted !== undefined) return { outcome: 'accepted', event: id, conflicting: earlier.length > 0 };

  // Another instance committed the same key between our look and our insert: its event is the one.
  await deleteEvent(transaction, { id });
  const winner = (await selectVariants(transaction, { key })).find((each) => each.variant === event.variant);
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
