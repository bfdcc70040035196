import type { Executor } from '../database/executor.ts';
import { alarmMapping } from './delivery.ts';

export interface EventsAbout {
  readonly applicant?: string;
  readonly key?: string;
  /** Only smaller ids. */
  readonly before: number | undefined;
  readonly limit: number;
}

export async function eventsAbout(executor: Executor, filter: EventsAbout): Promise<number[]> {
  const { applicant, key, before, limit } = filter;
  let query = executor
    .selectFrom('deliveries')
    .select('event_id')
    .distinct()
    .where('mapping', '!=', alarmMapping)
    .where('event_id', 'is not', null)
    .orderBy('event_id', 'desc')
    .limit(limit);
  // As the partial index says it.
  if (applicant !== undefined) query = query.where('applicant', '=', applicant).where('applicant', 'is not', null);
  if (key !== undefined) query = query.where('key', '=', key);
  if (before !== undefined) query = query.where('event_id', '<', before);
  return (await query.execute()).flatMap((row) => row.event_id ?? []);
}
