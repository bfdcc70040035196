import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { type BulkAction, previewTime } from './bulk.ts';

export interface NewBulk {
  readonly action: BulkAction;
  /** JSON. */
  readonly filter: string;
  readonly by: string;
  readonly pace: number | null;
  readonly now: number;
}

const insertBulk = statement<NewBulk, { id: number }>(`
  insert into bulks (action, filter, "by", state, pace, created_at, next_at, total, done, failed)
  values (:action, :filter, :by, 'previewed', :pace, :now, 0, 0, 0, 0) returning id`);

const dropRows = statement<{ before: number }>(`
  delete from bulk_rows where bulk_id in (select id from bulks where state = 'previewed' and created_at < :before)`);

const dropBulks = statement<{ before: number }>(`delete from bulks where state = 'previewed' and created_at < :before`);

/** Previewed, without rows yet; previews that nobody has answered go. */
export const makeBulk = new Procedure('makeBulk', async (transaction, bulk: NewBulk): Promise<number> => {
  await dropRows(transaction, { before: bulk.now - previewTime });
  await dropBulks(transaction, { before: bulk.now - previewTime });
  const [row] = await insertBulk(transaction, bulk);
  if (row === undefined) throw new Error('the database returned no id for a bulk');
  return row.id;
});

const insertRows = statement<{ bulk: number; from: number; ids: string }>({
  sqlite: `insert into bulk_rows (bulk_id, pos, delivery_id, state)
    select :bulk, :from + key, value, 'left' from json_each(:ids)`,
  postgres: `insert into bulk_rows (bulk_id, pos, delivery_id, state)
    select cast(:bulk as bigint), cast(:from as bigint) + place - 1, cast(id as bigint), 'left'
    from jsonb_array_elements_text(cast(:ids as jsonb)) with ordinality as wanted(id, place)`,
});

const growBulk = statement<{ bulk: number; count: number }>(
  `update bulks set total = total + :count where id = :bulk and state = 'previewed'`,
);

/** `from`: the place of the first of them. */
export const addBulkRows = new Procedure(
  'addBulkRows',
  async (
    transaction,
    { bulk, from, ids }: { readonly bulk: number; readonly from: number; readonly ids: readonly number[] },
  ): Promise<void> => {
    await insertRows(transaction, { bulk, from, ids: JSON.stringify(ids) });
    await growBulk(transaction, { bulk, count: ids.length });
  },
);

const moveBulk = statement<
  { bulk: number; from: string; to: string; after: number; finished: number | null },
  { action: BulkAction }
>(`
  update bulks set state = :to, finished_at = :finished
  where id = :bulk and state = :from and created_at >= cast(:after as bigint) returning action`);

interface MovedBulk {
  readonly bulk: number;
  readonly now: number;
  readonly actor?: Actor | undefined;
}

/** False when it is not previewed any more, or was previewed too long ago. */
export const startBulk = new Procedure(
  'startBulk',
  async (transaction, { bulk, now, actor }: MovedBulk): Promise<boolean> => {
    const after = now - previewTime;
    const [row] = await moveBulk(transaction, { bulk, from: 'previewed', to: 'running', after, finished: null });
    if (row !== undefined && actor !== undefined) await audit(transaction, { bulk, now, actor }, row.action);
    return row !== undefined;
  },
);

/** False when it does not run. What it has done stays done. */
export const abortBulk = new Procedure(
  'abortBulk',
  async (transaction, { bulk, now, actor }: MovedBulk): Promise<boolean> => {
    const [row] = await moveBulk(transaction, { bulk, from: 'running', to: 'aborted', after: 0, finished: now });
    if (row !== undefined && actor !== undefined)
      await writeEntry(transaction, actor, { action: 'abort', on: [`bulk/${bulk}`], now });
    return row !== undefined;
  },
);

const selectIds = statement<{ bulk: number; most: number }, { delivery_id: number }>(
  'select delivery_id from bulk_rows where bulk_id = :bulk order by pos limit cast(:most as bigint)',
);

/** Names the deliveries of a small one; those of a large one stand in the bulk. */
async function audit(
  transaction: Transaction,
  { bulk, now, actor }: MovedBulk & { readonly actor: Actor },
  action: BulkAction,
): Promise<void> {
  const rows = await selectIds(transaction, { bulk, most: mostNamed + 1 });
  const named = rows.length > mostNamed ? [] : rows.map(({ delivery_id: id }) => `delivery/${id}`);
  await writeEntry(transaction, actor, { action, on: [`bulk/${bulk}`, ...named], now });
}

const mostNamed = 100;
