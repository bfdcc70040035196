import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { readStringsColumn, readTextColumn } from '../database/json-column.ts';
import type { EventsTable } from '../database/schema.ts';
import { statement, steady } from '../database/statement.ts';
import type { EventState, InboxEvent, IncomingEvent, Kept } from './event.ts';
import { keepEvents } from './keep.ts';
import { RecentEvents } from './recent-events.ts';

export interface EventFilter {
  readonly state?: EventState;
  readonly source?: string;
  readonly event?: string;
  /** Received at or after, and before; milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Ids from, to and including. */
  readonly from?: number;
  readonly to?: number;
  /** Newest first; undefined: all of them. */
  readonly limit?: number;
}

// A literal, not a parameter: only so does SQLite see that the partial index serves.
const received = sql.lit('received' as const);

const selectWaiting = statement<{ most: number }, { id: number; body_size: number }>((queries, value) =>
  queries
    .selectFrom('events')
    .select(['id', 'body_size'])
    .where('state', '=', received)
    .orderBy('id')
    .limit(steady(value('most'), 'bigint')),
);

const selectReceived = statement<{ last: number }, Selectable<EventsTable>>((queries, value) =>
  queries
    .selectFrom('events')
    .selectAll()
    .where('state', '=', received)
    .where('id', '<=', steady(value('last'), 'bigint'))
    .orderBy('id'),
);

const bodiesAtOnce = 32 * 1024 ** 2;

/** Keeps each accepted webhook once, durably, before anybody is told that it was accepted. */
export class Inbox {
  readonly #database: Database;
  readonly #commits: GroupCommit<IncomingEvent, Kept>;
  readonly #recent = new RecentEvents();

  constructor(database: Database) {
    this.#database = database;
    this.#commits = new GroupCommit((events) => database.call(keepEvents, events));
  }

  /**
   * Committed when it resolves; events that arrive together share one commit. Rejects when the database cannot take it.
   */
  async keep(event: IncomingEvent): Promise<Kept> {
    const { document, ...written } = event;
    const kept = await this.#commits.add(written);
    if (kept.outcome === 'accepted' && document !== undefined) this.#recent.keep(recentEvent(kept.event, event));
    return kept;
  }

  /**
   * Events that wait to be mapped, in the order received: at most so many, and no more bodies than fit in memory well.
   */
  async received(most: number): Promise<InboxEvent[]> {
    const waiting = await selectWaiting(this.#database.queries, { most });
    let bytes = 0;
    const fitting = waiting.filter((row, index) => (bytes += row.body_size) <= bodiesAtOnce || index === 0);
    const recent = new Map(fitting.map(({ id }) => [id, this.#recent.take(id)]));
    const last = fitting.at(-1);
    if (last === undefined) return [];
    const known = fitting.flatMap(({ id }) => recent.get(id) ?? []);
    if (known.length === fitting.length) return known;
    const rows = await selectReceived(this.#database.queries, { last: last.id });
    return rows.map((row) => recent.get(row.id) ?? eventOf(row));
  }

  async find(id: number): Promise<InboxEvent | undefined> {
    const row = await this.#database.queries.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : eventOf(row);
  }

  async list(filter: EventFilter): Promise<InboxEvent[]> {
    let query = this.#database.queries
      .selectFrom('events')
      .select([
        'id',
        'source',
        'scope',
        'event',
        'type',
        'action',
        'state',
        'received_at',
        'finished_at',
        'body_size',
        'headers',
        'error',
      ])
      .select((select) => select.val<Uint8Array | null>(null).as('body'))
      .orderBy('id', 'desc');
    if (filter.state !== undefined) query = query.where('state', '=', filter.state);
    if (filter.source !== undefined) query = query.where('source', '=', filter.source);
    if (filter.event !== undefined) query = query.where('event', '=', filter.event);
    if (filter.since !== undefined) query = query.where('received_at', '>=', filter.since);
    if (filter.until !== undefined) query = query.where('received_at', '<', filter.until);
    if (filter.from !== undefined) query = query.where('id', '>=', filter.from);
    if (filter.to !== undefined) query = query.where('id', '<=', filter.to);
    if (filter.limit !== undefined) query = query.limit(filter.limit);
    return (await query.execute()).map(eventOf);
  }

  /** How many wait to be mapped, and since when the oldest one does. */
  async backlog(): Promise<{ readonly count: number; readonly since: number | null }> {
    const row = await this.#database.queries
      .selectFrom('events')
      .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('received_at').as('since')])
      .where('state', '=', received)
      .executeTakeFirst();
    return { count: row?.count ?? 0, since: row?.since ?? null };
  }
}

function recentEvent(id: number, { document, headers, ...event }: IncomingEvent): InboxEvent {
  return {
    id,
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

function eventOf(row: Selectable<EventsTable>): InboxEvent {
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
  };
}
