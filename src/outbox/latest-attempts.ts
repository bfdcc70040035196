import { sql } from 'kysely';
import type { Executor } from '../database/executor.ts';

/** How an attempt of the road ended. Times are milliseconds. */
export interface EndedAttempt {
  readonly at: number;
  readonly delivered: boolean;
  /** From the making of its delivery. */
  readonly took: number;
}

/** Attempts that ended since then, the latest 10,000 at most, the oldest first. */
export async function latestAttempts(executor: Executor, since: number): Promise<EndedAttempt[]> {
  const { rows } = await sql<{ finished_at: number; outcome: string; created_at: number }>`
    select latest.finished_at, latest.outcome, deliveries.created_at
    from (select finished_at, outcome, delivery_id from attempts order by id desc limit 10000) as latest
      join deliveries on deliveries.id = latest.delivery_id
    where latest.finished_at >= ${since} and deliveries.event_id is not null`.execute(executor);
  return rows
    .map((row) => ({
      at: row.finished_at,
      delivered: row.outcome === 'delivered',
      took: Math.max(0, row.finished_at - row.created_at),
    }))
    .toSorted((a, b) => a.at - b.at);
}
