import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { cancelDelivery, type Intervention, type PersonsWish, retryDelivery } from '../outbox/intervene.ts';
import { remakeRecord, repeatDelivery } from '../outbox/make-anew.ts';
import { inLockOrder } from '../outbox/settle/lock-order.ts';
import type { BulkAction } from './bulk.ts';

/** Rows done in one transaction: others wait for it to end. */
export const sliceSize = 200;

interface BulkRowOf {
  readonly action: BulkAction;
  readonly pace: number | null;
  readonly next_at: number;
}

const selectRunning = `select action, pace, next_at from bulks where id = :bulk and state = 'running'`;
// PostgreSQL: whoever runs it, one slice at a time.
const lockBulk = statement<{ bulk: number }, BulkRowOf>({
  sqlite: selectRunning,
  postgres: `${selectRunning} for update`,
});

const selectLeft = statement<
  { bulk: number; most: number },
  { pos: number; delivery_id: number; target: string; lane_key: string | null }
>(`
  select bulk_rows.pos, delivery_id, coalesce(deliveries.target, '') as target, lanes.key as lane_key
  from bulk_rows left join deliveries on deliveries.id = delivery_id left join lanes on lanes.id = deliveries.lane_id
  where bulk_id = :bulk and bulk_rows.state = 'left' order by bulk_rows.pos limit cast(:most as bigint)`);

const writeRow = statement<{ bulk: number; pos: number; state: string; why: string | null }>(
  'update bulk_rows set state = :state, why = :why where bulk_id = :bulk and pos = :pos',
);

const countRows = statement<{ bulk: number; done: number; failed: number; next: number; now: number }>(`
  update bulks set done = done + :done, failed = failed + :failed, next_at = :next,
    state = case when done + :done + failed + :failed >= total then 'done' else state end,
    finished_at = case when done + :done + failed + :failed >= total then cast(:now as bigint) else finished_at end
  where id = :bulk`);

/** Milliseconds until the next slice; undefined: nothing is left, or it does not run. */
export const runSlice = new Procedure(
  'runBulkSlice',
  async (transaction, { bulk, now }: { readonly bulk: number; readonly now: number }): Promise<number | undefined> => {
    const [running] = await lockBulk(transaction, { bulk });
    if (running === undefined) return undefined;
    const { action, pace, next_at: nextAt } = running;
    const most = pace === null ? sliceSize : Math.min(Math.max(Math.floor(pace / 60), 1), sliceSize);
    const pause = pace === null ? 0 : Math.ceil((most * 60_000) / pace);
    // One further away than the pace allows is of a clock that was ahead.
    if (nextAt > now && nextAt - now <= pause) return nextAt - now;
    const rows = await selectLeft(transaction, { bulk, most });
    let done = 0;
    for (const { pos, delivery_id: id } of inLockOrder(rows, (row) => [row.target, row.lane_key])) {
      const outcome = await act(transaction, action, { id, now });
      if (outcome.done) done += 1;
      await writeRow(transaction, {
        bulk,
        pos,
        state: outcome.done ? 'done' : 'failed',
        why: outcome.done ? null : JSON.stringify(outcome.why),
      });
    }
    await countRows(transaction, { bulk, done, failed: rows.length - done, next: now + pause, now });
    return rows.length < most ? undefined : pause;
  },
);

function act(transaction: Transaction, action: BulkAction, wish: PersonsWish): Promise<Intervention> {
  switch (action) {
    case 'retry':
      return retryDelivery.run(transaction, wish);
    case 'cancel':
      return cancelDelivery.run(transaction, wish);
    case 'remap':
      return remakeRecord(transaction, wish);
    case 'replay':
      return repeatDelivery(transaction, wish);
  }
}
