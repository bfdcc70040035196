import { type Selectable, sql } from 'kysely';
import { type Database, isPostgres, type Transaction } from '../database/database.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { readStringsColumn, readTextColumn } from '../database/json-column.ts';
import type { EventsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';
import type { EventState, InboxEvent, IncomingEvent, Kept } from './event.ts';
import { keepEvent } from './keep.ts';
import { RecentDocuments } from './recent-documents.ts';

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

const bodiesAtOnce = 32 * 1024 ** 2;

const finishEvent = statement<{ id: number; state: EventState; now: number; error: string | null }>((queries, value) =>
  queries.updateTable('events').set({ state: value('state'), finished_at: value('now'), error: value('error') })
    .where('id', '=', value('id')));

/** Keeps each accepted webhook once, durably, before anybody is told that it was accepted. */
export class Inbox {
  readonly #database: Database;
  readonly #commits: GroupCommit<IncomingEvent, Kept>;
  readonly #recent = new RecentDocuments();

  constructor(database: Database) {
    this.#database = database;
    this.#commits = new GroupCommit((events) => database.transaction(async (transaction) => {
      const kept: Kept[] = [];
      if (isPostgres(transaction) && events.length > 1) await lockKeys(transaction, events);
      for (const event of events) kept.push(await keepEvent(transaction, event));
      return kept;
    }));
  }

  /** Committed when it resolves; events that arrive together share one commit. Rejects when the database cannot take it. */
  async keep(event: IncomingEvent): Promise<Kept> {
    const kept = await this.#commits.add(event);
    if (kept.outcome === 'accepted' && event.document !== undefined) this.#recent.keep(kept.event, event.document, event.bodySize);
    return kept;
  }

  /** Events that wait to be mapped, in the order received: at most so many, and no more bodies than fit in memory well. */
  async received(most: number): Promise<InboxEvent[]> {
    const waiting = await this.#database.queries.selectFrom('events').select(['id', 'body_size'])
      .where('state', '=', received).orderBy('id').limit(most).execute();
    let bytes = 0;
    const fitting = waiting.filter((row, index) => (bytes += row.body_size) <= bodiesAtOnce || index === 0);
    const last = fitting.at(-1);
    if (last === undefined) return [];
    const rows = await this.#database.queries.selectFrom('events').selectAll()
      .where('state', '=', received).where('id', '<=', last.id).orderBy('id').execute();
    return rows.map((row) => {
      const document = this.#recent.take(row.id);
      return document === undefined ? eventOf(row) : { ...eventOf(row), document };
    });
  }

  /** Part of the mapper's transaction: the event is done in the moment its deliveries exist. */
  async finish(transaction: Transaction, id: number, state: 'mapped' | 'skipped' | 'failed', now: number, error?: Text): Promise<void> {
    await finishEvent(transaction, { id, state, now, error: error === undefined ? null : JSON.stringify(error) });
  }

  async find(id: number): Promise<InboxEvent | undefined> {
    const row = await this.#database.queries.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : eventOf(row);
  }

  async list(filter: EventFilter): Promise<InboxEvent[]> {
    let query = this.#database.queries.selectFrom('events')
      .select(['id', 'source', 'scope', 'event', 'type', 'action', 'state', 'received_at', 'finished_at', 'body_size', 'headers', 'error'])
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
    const row = await this.#database.queries.selectFrom('events')
      .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('received_at').as('since')])
      .where('state', '=', received).executeTakeFirst();
    return { count: row?.count ?? 0, since: row?.since ?? null };
  }
}

/** All keys of a batch in one order, before the first insert: two instances with the same events in opposite order would wait for each other. */
async function lockKeys(transaction: Transaction, events: readonly IncomingEvent[]): Promise<void> {
  const keys = events.flatMap(({ dedupeKey }) => dedupeKey ?? []);
  await sql`select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 0) as hash from unnest(${keys}::text[]) as keys(key) order by hash) as hashes`.execute(transaction);
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
