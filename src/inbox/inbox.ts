import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { readStringsColumn, readTextColumn } from '../database/json-column.ts';
import { isRefusal } from '../database/outage.ts';
import type { EventsTable } from '../database/tables/inbox.ts';
import { statement } from '../database/statement.ts';
import { errorCode } from '../process/error-code.ts';
import { withKeys } from '../people/hold-key.ts';
import { Seals } from '../people/seals.ts';
import type { InboxEvent, IncomingEvent, Kept } from './event.ts';
import { keepEvents } from './keep.ts';
import { keyFor, openBody, writtenEvents } from './sealed-event.ts';
import { RecentEvents } from './recent-events.ts';
import { type EventFilter, selectEvents } from './event-filter.ts';
import { skippedTypes } from './skipped-types.ts';

const selectWaiting = statement<{ most: number }, { id: number; body_size: number }>(
  `select id, body_size from events where state = 'received' order by id limit cast(:most as bigint)`,
);

const selectReceived = statement<{ last: number }, Selectable<EventsTable>>(
  `select * from events where state = 'received' and id <= cast(:last as bigint) order by id`,
);

const selectEvent = statement<{ id: number }, Selectable<EventsTable>>('select * from events where id = :id');

const selectReceivedSince = statement<{ since: number }, { received_at: number }>(`
  select received_at from events where received_at >= :since order by received_at desc limit 10000`);

const countReceived = statement<object, { count: number; since: number | null }>(
  `select count(*) as count, min(received_at) as since from events where state = 'received'`,
);

const bodiesAtOnce = 32 * 1024 ** 2;

/** How long a webhook waits for its commit, milliseconds: Huntflow is told within 5 s to send it again. */
const keepPatience = 4500;

/** Keeps each accepted webhook once, durably, before anybody is told that it was accepted. */
export class Inbox {
  readonly #database: Database;
  readonly #seals: Seals;
  readonly #commits: GroupCommit<IncomingEvent, Kept>;
  readonly #recent = new RecentEvents();

  constructor(database: Database, seals = new Seals(database)) {
    this.#database = database;
    this.#seals = seals;
    this.#commits = new GroupCommit((events) => this.#write(events), database.file === undefined);
  }

  /**
   * Committed when it resolves; events that arrive together share one commit. Rejects when the database cannot take it.
   * `signal`: it is to be kept elsewhere; what has not begun to be written is not.
   */
  async keep(event: IncomingEvent, signal?: AbortSignal): Promise<Kept> {
    const { document } = event;
    let kept: Kept;
    try {
      kept = await this.#commit(event, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // A signed webhook is kept whatever it says.
      return this.#commit(refusedEvent(event, error), signal);
    }
    if (kept.outcome === 'accepted' && document !== undefined) this.#recent.keep(recentEvent(kept, event));
    return kept;
  }

  /** In this order, in one transaction; one that the database refuses fails alone, as with `keep`. */
  async keepAll(events: readonly IncomingEvent[]): Promise<void> {
    try {
      await this.#write(events);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const event of events) await this.keep(event);
    }
  }

  #write(events: readonly IncomingEvent[]): Promise<Kept[]> {
    return withKeys(
      () => this.#seals.doubt(),
      async () => this.#database.call(keepEvents, await writtenEvents(events, this.#seals)),
    );
  }

  /** A PostgreSQL that says nothing must not let the sender wait; SQLite's writer has a limit of its own. */
  async #commit(event: IncomingEvent, signal?: AbortSignal): Promise<Kept> {
    // Whoever waits for the store of keys waits alone.
    if (this.#seals.isOn) await keyFor(event, this.#seals);
    signal?.throwIfAborted();
    if (this.#database.file !== undefined) return this.#commits.add(event);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(silent()), keepPatience);
    try {
      return await this.#commits.add(event, signal ? AbortSignal.any([late.signal, signal]) : late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Events that wait to be mapped, in the order received: at most so many, and no more bodies than fit in memory well.
   */
  async received(most: number): Promise<InboxEvent[]> {
    const waiting = await selectWaiting(this.#database.reads, { most });
    let bytes = 0;
    const fitting = waiting.filter((row, index) => (bytes += row.body_size) <= bodiesAtOnce || index === 0);
    const recent = new Map(fitting.map(({ id }) => [id, this.#recent.take(id)]));
    const last = fitting.at(-1);
    if (last === undefined) return [];
    const known = fitting.flatMap(({ id }) => recent.get(id) ?? []);
    if (known.length === fitting.length) return known;
    const rows = await selectReceived(this.#database.reads, { last: last.id });
    return Promise.all(rows.map(async (row) => recent.get(row.id) ?? this.#opened(row)));
  }

  async find(id: number): Promise<InboxEvent | undefined> {
    const [row] = await selectEvent(this.#database.reads, { id });
    return row === undefined ? undefined : this.#opened(row);
  }

  /** An event whose key is gone has no body any more. */
  async #opened(row: Selectable<EventsTable>): Promise<InboxEvent> {
    return { ...eventOf(row), body: await openBody(row, this.#seals) };
  }

  /** Newest first, without their bodies. */
  async list(filter: EventFilter): Promise<InboxEvent[]> {
    return (await selectEvents(this.#database.queries, filter).execute()).map(eventOf);
  }

  /** Types of the newest events that no mapping took. */
  skippedTypes(): ReturnType<typeof skippedTypes> {
    return skippedTypes(this.#database);
  }

  /** When the latest 10,000 events at most were kept since then; milliseconds. */
  async receivedSince(since: number): Promise<number[]> {
    const rows = await selectReceivedSince(this.#database.reads, { since });
    return rows.map((row) => row.received_at);
  }

  /** How many wait to be mapped, and since when the oldest one does. */
  async backlog(): Promise<{ readonly count: number; readonly since: number | null }> {
    const [row] = await countReceived(this.#database.reads, {});
    return { count: row?.count ?? 0, since: row?.since ?? null };
  }
}

function silent(): Error {
  return Object.assign(new Error(`the database did not answer within ${keepPatience / 1000} s`), { code: 'ETIMEDOUT' });
}

/** The bytes as they came, as an event that nobody can read. */
function refusedEvent(event: IncomingEvent, refusal: unknown): IncomingEvent {
  const code = errorCode(refusal) ?? 'unknown';
  return {
    ...event,
    event: undefined,
    type: undefined,
    action: undefined,
    headers: {},
    whom: undefined,
    error: {
      ru: `база данных не приняла поля события (${code}): сохранены только его байты`,
      en: `the database refused the fields of the event (${code}): only its bytes are kept`,
    },
  };
}

function recentEvent({ event: id, person = null }: Kept, { document, headers, ...event }: IncomingEvent): InboxEvent {
  return {
    id,
    person,
    headers,
    source: event.source,
    scope: event.scope,
    event: event.event ?? null,
    type: event.type ?? null,
    action: event.action ?? null,
    state: 'received',
    receivedAt: event.receivedAt,
    finishedAt: null,
    body: event.body ?? null,
    bodySize: event.bodySize,
    error: null,
    ...(document && { document }),
  };
}

function eventOf(row: Omit<Selectable<EventsTable>, 'seal'>): InboxEvent {
  return {
    id: row.id,
    source: row.source,
    scope: row.scope,
    event: row.event,
    type: row.type,
    action: row.action,
    state: row.state,
    receivedAt: row.received_at,
    finishedAt: row.finished_at,
    body: row.body,
    bodySize: row.body_size,
    headers: readStringsColumn(row.headers),
    error: readTextColumn(row.error),
    person: row.person,
  };
}
