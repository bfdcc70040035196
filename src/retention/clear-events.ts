import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { repack } from './repack.ts';

/** Bodies of events that were done with before a time. */
export interface OldBodies {
  readonly state: 'mapped' | 'skipped' | 'failed' | 'quarantined';
  readonly before: number;
  /** Of events done with at or after this: where the batch before ended. */
  readonly from: number;
  readonly most: number;
}

/** Where the next batch begins; undefined: nothing is left. */
export interface Cleared {
  readonly count: number;
  readonly next: number | undefined;
}

/** Rows of bulks that run are left, and so is what they need. */
export const inBulks = `select delivery_id from bulk_rows
  where state = 'left' and bulk_id in (select id from bulks where state in ('running', 'previewed'))`;

const selectOld = statement<OldBodies, { id: number; finished_at: number }>(`
  select id, finished_at from events
  where state = :state and body is not null and finished_at < cast(:before as bigint)
    and finished_at >= cast(:from as bigint)
    and not exists (select 1 from deliveries where event_id = events.id
      and (state in ('pending', 'dead') or id in (${inBulks})))
  order by finished_at limit cast(:most as bigint)`);

const clearBody = statement<{ id: number }>(
  `update events set body = null, headers = '{}', seal = null where id = :id`,
);

// Nothing but its bytes says what it was.
const deleteRow = statement<{ id: number }>('delete from events where id = :id');

/** The rows stay, and say what was there; an event keeps its body while a delivery of it is open. */
export const clearEvents = new Procedure('clearEvents', async (transaction, old: OldBodies): Promise<Cleared> => {
  const rows = await selectOld(transaction, old);
  for (const { id } of rows) await (old.state === 'quarantined' ? deleteRow : clearBody)(transaction, { id });
  if (old.state !== 'quarantined')
    await repack(
      transaction,
      'events',
      rows.map(({ id }) => id),
    );
  return { count: rows.length, next: rows.length < old.most ? undefined : rows.at(-1)?.finished_at };
});
