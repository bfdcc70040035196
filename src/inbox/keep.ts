import type { Selectable } from 'kysely';
import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { Procedure } from '../database/procedure.ts';
import type { EventsTable } from '../database/tables/inbox.ts';
import { statement } from '../database/statement.ts';
import { holdKeys } from '../people/hold-key.ts';
import { keepPeople } from '../people/keep-people.ts';
import type { Kept, QuarantineBounds, WrittenEvent } from './event.ts';

const selectVariants = statement<{ key: string }, { variant: string; event_id: number }>(
  'select variant, event_id from event_keys where key = :key',
);

const insertEvent = statement<Omit<Selectable<EventsTable>, 'id'>, { id: number }>(`
  insert into events
    (source, scope, event, type, action, state, received_at, finished_at, body, body_size, headers, error,
      person, seal)
  values
    (:source, :scope, :event, :type, :action, :state, :received_at, :finished_at, :body, :body_size, :headers, :error,
      :person, :seal)
  returning id`);

export const insertKey = statement<{ key: string; variant: string; event: number }, { event_id: number }>(`
  insert into event_keys (key, variant, event_id) values (:key, :variant, :event)
  on conflict do nothing returning event_id`);

export const deleteEvent = statement<{ id: number }>('delete from events where id = :id');

// All keys of a batch in one order, before the first insert: two instances with the same events in opposite order would
// wait for each other.
const lockKeys = statement<{ keys: readonly string[] }>(`
  select pg_advisory_xact_lock(hash) from (
    select distinct hashtextextended(key, 0) as hash from unnest(:keys::text[]) as keys(key) order by hash
  ) as hashes`);

/** A variant of a dedupe key and the event that it belongs to. */
interface Variant {
  readonly variant: string;
  readonly event_id: number;
}

/** Inserts the events that are no duplicates, in this order, and whom they are about. */
export const keepEvents = new Procedure(
  'keepEvents',
  async (transaction, events: readonly WrittenEvent[]): Promise<Kept[]> => {
    const keys = events.flatMap(({ dedupeKey }) => (dedupeKey === undefined ? [] : indexed(dedupeKey)));
    if (transaction.engine === 'postgres' && events.length > 1) await lockKeys(transaction, { keys });
    const known = new Map<string, Variant[]>();
    for (const key of new Set(keys)) known.set(key, [...(await selectVariants(transaction, { key }))]);
    const people = await peopleOf(
      transaction,
      events.filter((event) => repeatedBy(event, known) === undefined),
    );
    const months = events.flatMap(({ sealed }) => (sealed === undefined || sealed.month === null ? [] : sealed));
    await holdKeys(transaction, months);
    const kept: Kept[] = [];
    for (const event of events) kept.push(await keepEvent(transaction, event, known, people.get(event) ?? null));
    return kept;
  },
);

/** A duplicate makes nobody known: who was forgotten does not come back with a repetition. */
async function peopleOf(
  transaction: Transaction,
  events: readonly WrittenEvent[],
): Promise<ReadonlyMap<WrittenEvent, number>> {
  const about = events.flatMap((event) => (event.person === undefined ? [] : { event, person: event.person }));
  const ids = await keepPeople(
    transaction,
    about.map(({ event: { scope, receivedAt: seenAt }, person }) => ({ ...person, scope, seenAt })),
  );
  return new Map(about.flatMap(({ event }, index) => (ids[index] === undefined ? [] : [[event, ids[index]]])));
}

function repeatedBy(event: WrittenEvent, known: ReadonlyMap<string, readonly Variant[]>): Variant | undefined {
  if (event.dedupeKey === undefined) return undefined;
  const variant = indexed(event.variant);
  return known.get(indexed(event.dedupeKey))?.find((each) => each.variant === variant);
}

async function keepEvent(
  transaction: Transaction,
  event: WrittenEvent,
  known: ReadonlyMap<string, Variant[]>,
  person: number | null,
): Promise<Kept> {
  const accepted = { outcome: 'accepted', person } as const;
  if (event.quarantine !== undefined && !(await hasRoom(transaction, event, event.quarantine)))
    return { outcome: 'full', event: 0, conflicting: false };
  if (event.dedupeKey === undefined)
    return { ...accepted, event: await insert(transaction, event, person), conflicting: false };
  const repeated = repeatedBy(event, known);
  if (repeated !== undefined) return { outcome: 'duplicate', event: repeated.event_id, conflicting: false };

  const key = indexed(event.dedupeKey);
  const variant = indexed(event.variant);
  const earlier = known.get(key) ?? [];
  const id = await insert(transaction, event, person);
  const [inserted] = await insertKey(transaction, { key, variant, event: id });
  if (inserted !== undefined) {
    const conflicting = earlier.length > 0;
    earlier.push({ variant, event_id: id });
    return { ...accepted, event: id, conflicting };
  }

  // Another instance committed the same key between our look and our insert: its event is the one.
  await deleteEvent(transaction, { id });
  const winner = (await selectVariants(transaction, { key })).find((each) => each.variant === variant);
  return { outcome: 'duplicate', event: winner?.event_id ?? id, conflicting: false };
}

const lockQuarantine = statement<{ source: string }>(
  `select pg_advisory_xact_lock(hashtextextended('quarantine of ' || cast(:source as text), 0))`,
);

const countQuarantine = statement<{ source: string }, { count: number; bytes: number }>(`
  select count(*) as count, cast(coalesce(sum(body_size), 0) as bigint) as bytes from events
  where state = 'quarantined' and source = :source`);

async function hasRoom(
  transaction: Transaction,
  { source, bodySize }: WrittenEvent,
  { max, maxBytes }: QuarantineBounds,
): Promise<boolean> {
  if (transaction.engine === 'postgres') await lockQuarantine(transaction, { source });
  const [kept] = await countQuarantine(transaction, { source });
  return kept !== undefined && kept.count < max && kept.bytes + bodySize <= maxBytes;
}

async function insert(transaction: Transaction, event: WrittenEvent, person: number | null): Promise<number> {
  const unreadable = event.error !== undefined;
  const [row] = await insertEvent(transaction, {
    source: event.source,
    scope: event.scope,
    event: event.event ?? null,
    type: event.type ?? null,
    action: event.action ?? null,
    state: event.quarantine !== undefined ? 'quarantined' : unreadable ? 'failed' : 'received',
    received_at: event.receivedAt,
    finished_at: unreadable || event.quarantine !== undefined ? event.receivedAt : null,
    body: event.body ?? null,
    body_size: event.bodySize,
    headers: JSON.stringify(event.headers),
    error: unreadable ? JSON.stringify(event.error) : null,
    person,
    seal: event.sealed?.seal ?? null,
  });
  if (row === undefined) throw new Error('the database returned no id for an inserted event');
  return row.id;
}
