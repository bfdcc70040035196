import { sql } from 'kysely';
import { type Executor, isPostgres, type Transaction } from '../database/executor.ts';
import { Procedure } from '../database/procedure.ts';
import { statement, steady } from '../database/statement.ts';
import type { Claim } from './delivery.ts';

interface LaneRow {
  readonly id: number;
  readonly key: string | null;
  readonly head: number;
  readonly token: number;
  readonly attempts: number;
  readonly tried_since: number | null;
  readonly spent: number;
  readonly conflicts: number;
}

// PostgreSQL: claimers skip what another one holds, and only ANY(ARRAY(…)) keeps a generic plan on the partial index.
const leaseDue = statement<{ target: string; now: number; until: number; most: number }, LaneRow>((queries, value) => {
  const due = queries
    .selectFrom('lanes')
    .select('id')
    .where('target', '=', steady(value('target'), 'text'))
    .where('due_at', 'is not', null)
    .where('due_at', '<=', steady(value('now'), 'bigint'))
    .where('lease_until', '=', sql.lit(0))
    .orderBy('due_at')
    .limit(steady(value('most'), 'bigint'));
  const lanes = queries
    .updateTable('lanes')
    .set((lane) => ({
      lease_until: value('until'),
      token: lane('token', '+', 1),
      attempts: lane('attempts', '+', 1),
      tried_since: lane.fn.coalesce('tried_since', lane.val(value('now'))),
    }))
    .returning(['id', 'key', 'head', 'token', 'attempts', 'tried_since', 'spent', 'conflicts']);
  return isPostgres(queries)
    ? lanes.where((where) => where('id', '=', where.fn.any(sql<number[]>`array(${due.forUpdate().skipLocked()})`)))
    : lanes.where('id', 'in', due);
});

const selectLeased = statement<{ target: string }, { count: number }>((queries, value) =>
  queries
    .selectFrom('lanes')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('target', '=', value('target'))
    .where('lease_until', '>', sql.lit(0)),
);

const lockClaims = statement<{ target: string }>((queries, value) =>
  queries.selectNoFrom((select) =>
    select
      .fn('pg_advisory_xact_lock', [
        select.fn('hashtextextended', [sql`'claim ' || cast(${value('target')} as text)`, sql.lit(0)]),
      ])
      .as('locked'),
  ),
);

/**
 * Other instances' share of the concurrency, on PostgreSQL; locked first, for two that count at once would both find
 * room. On SQLite there are none.
 */
async function countLeased(transaction: Transaction, values: { readonly target: string }): Promise<number> {
  await lockClaims(transaction, values);
  const [row] = await selectLeased(transaction, values);
  return row?.count ?? 0;
}

interface HeadRow {
  readonly id: number;
  readonly key: string | null;
  readonly scope: string;
  readonly record: string | null;
  readonly idempotency_key: string;
  readonly created_at: number;
  readonly progress: string | null;
  readonly attempts: number;
  readonly attempt_bytes: number;
}

const selectHead = statement<{ lane: number; pos: number }, HeadRow>((queries, value) =>
  queries
    .selectFrom('deliveries')
    .select(['id', 'key', 'scope', 'record', 'idempotency_key', 'created_at', 'progress', 'attempts', 'attempt_bytes'])
    .where('lane_id', '=', value('lane'))
    .where('pos', '=', value('pos')),
);

const selectHeads = statement<{ lanes: readonly number[] }, HeadRow & { readonly lane_id: number }>((queries, value) =>
  queries
    .selectFrom('lanes')
    .innerJoin('deliveries', (join) =>
      join.onRef('deliveries.lane_id', '=', 'lanes.id').onRef('deliveries.pos', '=', 'lanes.head'),
    )
    .select([
      'lane_id',
      'deliveries.id',
      'deliveries.key',
      'scope',
      'record',
      'idempotency_key',
      'created_at',
      'progress',
      'deliveries.attempts',
      'attempt_bytes',
    ])
    .where((where) => where('lanes.id', '=', where.fn.any(sql<number[]>`${value('lanes')}::bigint[]`))),
);

/** One round trip to PostgreSQL for all of them; within SQLite's process there is no trip to save. */
async function headsOf(executor: Executor, lanes: readonly LaneRow[]): Promise<ReadonlyMap<number, HeadRow>> {
  if (isPostgres(executor))
    return new Map(
      (await selectHeads(executor, { lanes: lanes.map(({ id }) => id) })).map((head) => [head.lane_id, head]),
    );
  const heads = new Map<number, HeadRow>();
  for (const lane of lanes) {
    const [head] = await selectHead(executor, { lane: lane.id, pos: lane.head });
    if (head !== undefined) heads.set(lane.id, head);
  }
  return heads;
}

const extend = statement<{ lane: number; token: number; until: number }, { id: number }>((queries, value) =>
  queries
    .updateTable('lanes')
    .set({ lease_until: value('until') })
    .where('id', '=', value('lane'))
    .where('token', '=', value('token'))
    .returning('id'),
);

const release = statement<{ lane: number; token: number; due: number | null; wait: number }>((queries, value) =>
  queries
    .updateTable('lanes')
    .set((lane) => ({
      due_at: lane.fn.coalesce(steady(value('due'), 'bigint'), 'due_at'),
      wait: lane
        .case()
        .when(steady(value('due'), 'bigint'), 'is', null)
        .then(lane.ref('wait'))
        .else(lane.val(value('wait')))
        .end(),
      lease_until: 0,
      token: lane('token', '+', 1),
      attempts: lane('attempts', '-', 1),
      tried_since: lane.case().when('attempts', '<=', 1).then(null).else(lane.ref('tried_since')).end(),
    }))
    .where('id', '=', value('lane'))
    .where('token', '=', value('token')),
);

export interface ClaimValues {
  readonly target: string;
  readonly now: number;
  /** When the leases run out. */
  readonly until: number;
  readonly most: number;
  /** How many deliveries of the target all processes together may have under way. */
  readonly concurrency?: number;
}

/** Leases up to `most` lanes of a target whose heads are due, the longest due first. */
export const claimLanes = new Procedure(
  import.meta.url,
  'claimLanes',
  async (transaction, { concurrency, ...values }: ClaimValues): Promise<Claim[]> => {
    const claims: Claim[] = [];
    const most =
      concurrency === undefined || !isPostgres(transaction)
        ? values.most
        : Math.min(values.most, concurrency - (await countLeased(transaction, values)));
    if (most <= 0) return claims;
    const lanes = await leaseDue(transaction, { ...values, most });
    if (lanes.length === 0) return claims;
    const heads = await headsOf(transaction, lanes);
    for (const lane of lanes) {
      const head = heads.get(lane.id);
      if (head === undefined || head.record === null)
        throw new Error(`lane ${lane.id} is due without a delivery to send`);
      claims.push({
        laneId: lane.id,
        laneKey: lane.key,
        token: lane.token,
        id: head.id,
        target: values.target,
        key: head.key,
        scope: head.scope,
        record: head.record,
        idempotencyKey: head.idempotency_key,
        createdAt: head.created_at,
        progress: head.progress,
        attempt: head.attempts + 1,
        counted: lane.attempts,
        triedSince: lane.tried_since ?? values.now,
        spent: lane.spent,
        conflicts: lane.conflicts,
        attemptBytes: head.attempt_bytes,
      });
    }
    return claims;
  },
);

/** False when the lease was lost: somebody else holds the lane now, and this attempt must end without settling. */
export async function extendLease(executor: Executor, claim: Claim, until: number): Promise<boolean> {
  return (await extend(executor, { lane: claim.laneId, token: claim.token, until })).length > 0;
}

/** Until when what was claimed is put off, and how many milliseconds that is. */
export interface PutOff {
  readonly dueAt: number;
  readonly wait: number;
}

/** Gives a claim back as if it had never been taken, perhaps until later: nothing went on the wire. */
export async function releaseClaim(executor: Executor, claim: Claim, later?: PutOff): Promise<void> {
  await release(executor, {
    lane: claim.laneId,
    token: claim.token,
    due: later?.dueAt ?? null,
    wait: later?.wait ?? 0,
  });
}

/** False when the lease was lost: the next holder's progress is not to be overwritten. */
export async function saveProgress(executor: Executor, claim: Claim, progress: string): Promise<boolean> {
  const result = await executor
    .updateTable('deliveries')
    .set({ progress })
    .where('id', '=', claim.id)
    .where((where) =>
      where.exists(
        where.selectFrom('lanes').select('id').where('id', '=', claim.laneId).where('token', '=', claim.token),
      ),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
