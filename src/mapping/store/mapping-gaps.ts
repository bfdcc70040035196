import type { Transaction } from '../../database/connection.ts';
import { statement } from '../../database/statement.ts';

const widenGap = statement<{ mapping: string; first: number; last: number; events: number }>(`
  insert into mapping_gaps (mapping, first_event, last_event, events) values (:mapping, :first, :last, :events)
  on conflict (mapping) do update set
    last_event = excluded.last_event, events = mapping_gaps.events + excluded.events`);

/** Part of the mapper's transaction: these events passed mappings by that no version works for. */
export async function countUnserved(
  transaction: Transaction,
  mappings: readonly string[],
  events: readonly number[],
): Promise<void> {
  const first = Math.min(...events);
  const last = Math.max(...events);
  for (const mapping of mappings) await widenGap(transaction, { mapping, first, last, events: events.length });
}
