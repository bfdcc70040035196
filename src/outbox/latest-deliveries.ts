import { sql } from 'kysely';
import { type Executor, isPostgres } from '../database/executor.ts';

/** How a target took what it was sent last. */
export interface LatestDeliveries {
  /** Milliseconds since 1970. */
  readonly lastAt: number;
  /** Milliseconds from a delivery's making to its end, 95th percentile of the latest 200 at most. */
  readonly p95: number;
}

/** Deliveries of a target that are looked at, and of them those that are timed. */
const most = { looked: 500, timed: 200 } as const;

interface Row {
  readonly created_at: number;
  readonly finished_at: number;
}

/** Of each of these; those that took nothing are left out. */
export async function latestOf(
  executor: Executor,
  targets: readonly string[],
): Promise<ReadonlyMap<string, LatestDeliveries>> {
  const found = new Map<string, LatestDeliveries>();
  for (const target of targets) {
    const latest = await latestDeliveries(executor, target);
    if (latest !== undefined) found.set(target, latest);
  }
  return found;
}

/**
 * Undefined: it took nothing, as far as one sees. Looked for among its newest, and where none of those was taken, among
 * the last that were made before the oldest that waits: a few steps into an index each, however much it is owed.
 */
async function latestDeliveries(executor: Executor, target: string): Promise<LatestDeliveries | undefined> {
  const newest = await takenBefore(executor, target, sql``);
  const rows =
    newest.length > 0
      ? newest
      : await takenBefore(
          executor,
          target,
          sql`and id < (select min(id) from deliveries where state = 'pending' and target = ${target})`,
        );
  const times = rows.map((row) => Math.max(0, row.finished_at - row.created_at)).toSorted((a, b) => a - b);
  const p95 = times[Math.ceil(times.length * 0.95) - 1];
  if (p95 === undefined) return undefined;
  return { lastAt: rows.reduce((last, row) => Math.max(last, row.finished_at), 0), p95 };
}

async function takenBefore(
  executor: Executor,
  target: string,
  before: ReturnType<typeof sql>,
): Promise<readonly Row[]> {
  const index = isPostgres(executor) ? sql`` : sql`indexed by deliveries_target`;
  const { rows } = await sql<Row>`
    select created_at, finished_at from (
      select state, event_id, created_at, finished_at from deliveries ${index} where target = ${target} ${before}
      order by id desc limit ${sql.lit(most.looked)}) as latest
    where state = 'delivered' and event_id is not null and finished_at is not null
    limit ${sql.lit(most.timed)}`.execute(executor);
  return rows;
}
