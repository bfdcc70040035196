import type { Executor } from '../database/executor.ts';
import { deliveriesBy } from './driving-index.ts';
import { type DeliveryFilter, narrowed } from './filter.ts';
import { mostCounted } from './open-causes.ts';

/** What a filter comes to. */
export interface Extent {
  /** In the order received. */
  readonly ids: readonly number[];
  /** Counting stops at 1,001. */
  readonly people: number;
  /** When the first and the last of them were made, milliseconds since 1970; 0 when there is none. */
  readonly oldest: number;
  readonly newest: number;
}

export async function extentOf(executor: Executor, filter: DeliveryFilter): Promise<Extent> {
  const query = executor
    .selectFrom(deliveriesBy(executor, filter))
    .leftJoin('lanes', 'lanes.id', 'deliveries.lane_id')
    .select(['deliveries.id', 'deliveries.scope', 'deliveries.applicant', 'deliveries.created_at'])
    .orderBy('deliveries.id');
  const rows = await narrowed(query, filter).execute();
  const times = rows.map((row) => row.created_at);
  const people = new Set(rows.flatMap((row) => (row.applicant === null ? [] : [`${row.scope} ${row.applicant}`])));
  return {
    ids: rows.map(({ id }) => id),
    people: Math.min(people.size, mostCounted),
    oldest: times.reduce((a, b) => Math.min(a, b), times[0] ?? 0),
    newest: times.reduce((a, b) => Math.max(a, b), 0),
  };
}
