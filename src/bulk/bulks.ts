import type { Selectable } from 'kysely';
import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import { readTextColumn } from '../database/json-column.ts';
import type { BulksTable } from '../database/tables/bulk.ts';
import type { DeliveryFilter } from '../outbox/filter.ts';
import { mostCounted } from '../outbox/open-causes.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Bulk, BulkAction, BulkRow, Preview } from './bulk.ts';
import { abortBulk, addBulkRows, makeBulk, startBulk } from './keep-bulk.ts';
import { runSlice } from './run-slice.ts';

/** Rows written at a time. */
const chunk = 5000;

export interface Wanted {
  readonly action: BulkAction;
  readonly filter: DeliveryFilter;
  readonly by: string;
  /** Rows a minute at most. */
  readonly pace?: number | undefined;
  /** Ids as somebody named them, also of what is not there; else what the filter comes to. */
  readonly rows?: readonly number[];
}

/** Actions over many deliveries: kept with their rows, so that a restart goes on with them. */
export class Bulks {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #now: () => number;

  constructor(database: Database, outbox: Outbox, now: () => number) {
    this.#database = database;
    this.#outbox = outbox;
    this.#now = now;
  }

  /** Fixes the rows, in the order received: what comes afterwards is not touched. */
  async preview({ action, filter, by, pace, rows }: Wanted): Promise<Preview> {
    const { ids: found, people, oldest, newest } = await this.#outbox.extent(filter);
    const ids = rows ?? found;
    const bulk = await this.#database.call(makeBulk, {
      action,
      filter: JSON.stringify(this.#outbox.asKept(filter)),
      by,
      pace: pace ?? null,
      now: this.#now(),
    });
    for (let from = 0; from < ids.length; from += chunk)
      await this.#database.call(addBulkRows, { bulk, from, ids: ids.slice(from, from + chunk) });
    return { bulk, deliveries: Math.min(ids.length, mostCounted), total: ids.length, people, oldest, newest };
  }

  /** False when the preview is over. */
  start(bulk: number, actor?: Actor): Promise<boolean> {
    return this.#database.call(startBulk, { bulk, now: this.#now(), actor });
  }

  abort(bulk: number, actor?: Actor): Promise<boolean> {
    return this.#database.call(abortBulk, { bulk, now: this.#now(), actor });
  }

  /** One slice; milliseconds until the next, undefined when there is none. */
  async step(bulk: number): Promise<number | undefined> {
    const pause = await this.#database.call(runSlice, { bulk, now: this.#now() });
    this.#outbox.wake();
    return pause;
  }

  /** Names of the targets that its deliveries are owed to. */
  async targets(bulk: number): Promise<string[]> {
    const rows = await this.#database.queries
      .selectFrom('bulk_rows')
      .innerJoin('deliveries', 'deliveries.id', 'bulk_rows.delivery_id')
      .select('deliveries.target')
      .distinct()
      .where('bulk_id', '=', bulk)
      .execute();
    return rows.map(({ target }) => target);
  }

  async running(): Promise<number[]> {
    const rows = await this.#database.queries
      .selectFrom('bulks')
      .select('id')
      .where('state', '=', 'running')
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  async find(bulk: number): Promise<Bulk | undefined> {
    const row = await this.#database.queries.selectFrom('bulks').selectAll().where('id', '=', bulk).executeTakeFirst();
    return row === undefined ? undefined : bulkOf(row);
  }

  /** Newest first, without previews; `before`: only those with smaller ids. */
  async list(limit: number | undefined, before?: number): Promise<Bulk[]> {
    const all = this.#database.queries
      .selectFrom('bulks')
      .selectAll()
      .where('state', '!=', 'previewed')
      .orderBy('id', 'desc');
    const query = before === undefined ? all : all.where('id', '<', before);
    return (await (limit === undefined ? query : query.limit(limit)).execute()).map(bulkOf);
  }

  /** What became of its rows, in their order. */
  async rows(bulk: number, limit: number): Promise<BulkRow[]> {
    const rows = await this.#database.queries
      .selectFrom('bulk_rows')
      .select(['delivery_id', 'state', 'why'])
      .where('bulk_id', '=', bulk)
      .orderBy('pos')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ delivery: row.delivery_id, state: row.state, why: readTextColumn(row.why) }));
  }
}

function bulkOf(row: Selectable<BulksTable>): Bulk {
  const filter: Readonly<Record<string, unknown>> = JSON.parse(row.filter);
  return {
    id: row.id,
    action: row.action,
    filter,
    by: row.by,
    state: row.state,
    pace: row.pace,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    total: row.total,
    done: row.done,
    failed: row.failed,
    left: row.total - row.done - row.failed,
  };
}
