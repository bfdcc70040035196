import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { inBulks } from './clear-events.ts';

/** Rows that only say what was there, from before a time. */
export interface OldRows {
  readonly before: number;
  /** Rows with ids above this, so many of them are looked at. */
  readonly above: number;
  readonly most: number;
}

/** How many went, and where the next batch begins; `next` undefined: nothing older is left. */
export interface ClearedRows {
  readonly count: number;
  readonly next: number | undefined;
}

const lookedAt = (table: 'deliveries' | 'events', time: string) =>
  statement<OldRows, { last: number | null }>(`
  select max(id) as last from (
    select id, ${time} as time from ${table} where id > cast(:above as bigint)
    order by id limit cast(:most as bigint)) as looked
  where time < cast(:before as bigint)`);

const lookAtDeliveries = lookedAt('deliveries', 'created_at');
const lookAtEvents = lookedAt('events', 'received_at');

type Span = Omit<OldRows, 'most'> & { readonly last: number };

const deleteDeliveries = statement<Span, { id: number }>(`
  delete from deliveries where id > cast(:above as bigint) and id <= cast(:last as bigint)
    and record is null and state in ('delivered', 'cancelled') and finished_at < cast(:before as bigint)
    and id not in (${inBulks})
  returning id`);

const deleteAttempts = statement<{ id: number }>('delete from attempts where delivery_id = :id');

const deleteEvents = statement<Span, { person: number | null }>(`
  delete from events where id > cast(:above as bigint) and id <= cast(:last as bigint)
    and body is null and state in ('mapped', 'skipped', 'failed') and finished_at < cast(:before as bigint)
    and not exists (select 1 from deliveries where deliveries.event_id = events.id)
  returning person`);

// References keep the row and its key: what somebody is called at a target stays, what they are called does not.
const emptyPerson = statement<{ person: number }, { id: number }>(`
  update people set profile = null, digest = null
  where id = :person and profile is not null
    and not exists (select 1 from events where person = people.id)
    and not exists (select 1 from deliveries where person = people.id)
  returning id`);
const deleteTerms = statement<{ person: number }>('delete from person_terms where person = :person');

/** Of deliveries that are done and were cleared. */
export const clearDeliveryRows = new Procedure(
  'clearDeliveryRows',
  async (transaction, old: OldRows): Promise<ClearedRows> => {
    const last = (await lookAtDeliveries(transaction, old))[0]?.last ?? undefined;
    if (last === undefined) return { count: 0, next: undefined };
    const gone = await deleteDeliveries(transaction, { ...old, last });
    for (const { id } of gone) await deleteAttempts(transaction, { id });
    return { count: gone.length, next: last };
  },
);

/** Of events without a body and without a delivery; whoever has no other row is not known by name any more. */
export const clearEventRows = new Procedure(
  'clearEventRows',
  async (transaction, old: OldRows): Promise<ClearedRows> => {
    const last = (await lookAtEvents(transaction, old))[0]?.last ?? undefined;
    if (last === undefined) return { count: 0, next: undefined };
    const gone = await deleteEvents(transaction, { ...old, last });
    const people = new Set(gone.flatMap(({ person }) => person ?? []));
    for (const person of [...people].toSorted((a, b) => a - b))
      if ((await emptyPerson(transaction, { person })).length > 0) await deleteTerms(transaction, { person });
    return { count: gone.length, next: last };
  },
);

const selectBulks = statement<{ before: number; most: number }, { id: number }>(`
  select id from bulks where state in ('done', 'aborted') and finished_at < cast(:before as bigint)
  order by id limit cast(:most as bigint)`);
const deleteBulkRows = statement<{ bulk: number; most: number }, { pos: number }>(`
  delete from bulk_rows where bulk_id = :bulk and pos in (
    select pos from bulk_rows where bulk_id = :bulk order by pos limit cast(:most as bigint))
  returning pos`);
const deleteBulk = statement<{ bulk: number }>('delete from bulks where id = :bulk');

/** Bulks that have ended, row by row. */
export const clearBulks = new Procedure(
  'clearBulks',
  async (transaction, { before, above, most }: OldRows): Promise<ClearedRows> => {
    const [bulk] = await selectBulks(transaction, { before, most: 1 });
    if (bulk === undefined) return { count: 0, next: undefined };
    const rows = await deleteBulkRows(transaction, { bulk: bulk.id, most });
    if (rows.length >= most) return { count: 0, next: above };
    await deleteBulk(transaction, { bulk: bulk.id });
    return { count: 1, next: above };
  },
);

const deleteDrafts = statement<{ before: number }, { mapping: string }>(
  'delete from mapping_drafts where saved_at < cast(:before as bigint) returning mapping',
);

/** Drafts of mappings that nobody has touched: people try them on real events. There are few. */
export const clearMappingDrafts = new Procedure(
  'clearMappingDrafts',
  async (transaction, { before }: OldRows): Promise<ClearedRows> => ({
    count: (await deleteDrafts(transaction, { before })).length,
    next: undefined,
  }),
);
