import type { Transaction } from '../../database/executor.ts';

/** Part of the mapper's transaction: these events passed mappings by that no version works for. */
export async function countUnserved(
  transaction: Transaction,
  mappings: readonly string[],
  events: readonly number[],
): Promise<void> {
  const first = Math.min(...events);
  const last = Math.max(...events);
  for (const mapping of mappings) {
    await transaction
      .insertInto('mapping_gaps')
      .values({ mapping, first_event: first, last_event: last, events: events.length })
      .onConflict((conflict) =>
        conflict
          .column('mapping')
          .doUpdateSet((gap) => ({ last_event: last, events: gap('mapping_gaps.events', '+', events.length) })),
      )
      .execute();
  }
}
