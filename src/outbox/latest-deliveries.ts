import { type RawBuilder, sql } from 'kysely';
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
  readonly target: string;
  readonly created_at: number;
  readonly finished_at: number;
}

/**
 * Of each of these; what took nothing, as far as one sees, is left out. Looked for among its newest, and where none of
 * those was taken, among the last that were made before the oldest that waits: a few steps into an index each, however
 * much it is owed.
 */
export async function latestOf(
  executor: Executor,
  targets: readonly string[],
): Promise<ReadonlyMap<string, LatestDeliveries>> {
  const found = await takenBy(executor, targets, () => sql``);
  const others = targets.filter((target) => !found.has(target));
  const before = await takenBy(
    executor,
    others,
    (target) => sql`and id < (select min(id) from deliveries where state = 'pending' and target = ${target})`,
  );
  return new Map([...found, ...before]);
}

async function takenBy(
  executor: Executor,
  targets: readonly string[],
  before: (target: string) => RawBuilder<unknown>,
): Promise<ReadonlyMap<string, LatestDeliveries>> {
  if (targets.length === 0) return new Map();
  const index = isPostgres(executor) ? sql`` : sql`indexed by deliveries_target`;
  const each = targets.map(
    (target) => sql`select * from (select target, created_at, finished_at from (
        select target, state, event_id, created_at, finished_at from deliveries ${index}
        where target = ${target} ${before(target)} order by id desc limit ${sql.lit(most.looked)}) as newest
      where state = 'delivered' and event_id is not null and finished_at is not null
      limit ${sql.lit(most.timed)}) as taken`,
  );
  const { rows } = await sql<Row>`${sql.join(each, sql` union all `)}`.execute(executor);
  return new Map([...Map.groupBy(rows, ({ target }) => target)].map(([target, own]) => [target, summed(own)]));
}

function summed(rows: readonly Row[]): LatestDeliveries {
  const times = rows.map((row) => Math.max(0, row.finished_at - row.created_at)).toSorted((a, b) => a - b);
  return {
    lastAt: rows.reduce((last, row) => Math.max(last, row.finished_at), 0),
    p95: times[Math.ceil(times.length * 0.95) - 1] ?? 0,
  };
}
