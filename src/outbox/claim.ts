import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import type { Claim, Hold } from './delivery.ts';
import type { Notes } from './attempt-notes.ts';
import { writeReferences } from './references.ts';
import { inLockOrder } from './settle/lock-order.ts';

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

// A pause holds from its commit on, also for a loop that looked at the target before.
// PostgreSQL: claimers skip what another one holds, and only ANY(ARRAY(…)) keeps a generic plan on the partial index.
const leaseDue = statement<{ target: string; now: number; until: number; most: number }, LaneRow>({
  sqlite: `
    update lanes set lease_until = :until, token = token + 1, attempts = attempts + 1,
      tried_since = coalesce(tried_since, :now)
    where id in (
      select id from lanes
      where target = cast(:target as text) and due_at is not null and due_at <= cast(:now as bigint) and lease_until = 0
        and not exists (select 1 from targets where name = cast(:target as text) and paused_at is not null)
      order by due_at limit cast(:most as bigint))
    returning id, key, head, token, attempts, tried_since, spent, conflicts`,
  postgres: `
    update lanes set lease_until = :until, token = token + 1, attempts = attempts + 1,
      tried_since = coalesce(tried_since, :now)
    where id = any (array(
      select id from lanes
      where target = :target and due_at is not null and due_at <= :now and lease_until = 0
        and not exists (select 1 from targets where name = :target and paused_at is not null)
      order by due_at limit :most for update skip locked))
    returning id, key, head, token, attempts, tried_since, spent, conflicts`,
});

const selectLeased = statement<{ target: string }, { count: number }>(
  'select count(*) as count from lanes where target = :target and lease_until > 0',
);

const lockClaims = statement<{ target: string }>(
  `select pg_advisory_xact_lock(hashtextextended('claim ' || cast(:target as text), 0))`,
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
  readonly person: number | null;
  readonly seal: number | null;
  readonly key_text: string | null;
}

const headColumns = `deliveries.id, deliveries.key, deliveries.scope, deliveries.record, deliveries.idempotency_key,
  deliveries.created_at, deliveries.progress, deliveries.attempts, deliveries.attempt_bytes, deliveries.person,
  deliveries.seal, deliveries.key_text`;

const selectHead = statement<{ lane: number; pos: number }, HeadRow>(
  `select ${headColumns} from deliveries where lane_id = :lane and pos = :pos`,
);

const selectHeads = statement<{ lanes: readonly number[] }, HeadRow & { readonly lane_id: number }>(`
  select lane_id, ${headColumns}
  from lanes join deliveries on deliveries.lane_id = lanes.id and deliveries.pos = lanes.head
  where lanes.id = any (:lanes::bigint[])`);

/** One round trip to PostgreSQL for all of them; within SQLite's process there is no trip to save. */
async function headsOf(on: Transaction, lanes: readonly LaneRow[]): Promise<ReadonlyMap<number, HeadRow>> {
  if (on.engine === 'postgres')
    return new Map((await selectHeads(on, { lanes: lanes.map(({ id }) => id) })).map((head) => [head.lane_id, head]));
  const heads = new Map<number, HeadRow>();
  for (const lane of lanes) {
    const [head] = await selectHead(on, { lane: lane.id, pos: lane.head });
    if (head !== undefined) heads.set(lane.id, head);
  }
  return heads;
}

const extend = statement<{ lane: number; token: number; until: number }, { id: number }>(
  'update lanes set lease_until = :until where id = :lane and token = :token returning id',
);

const release = statement<{ lane: number; token: number; due: number | null; wait: number }>(`
  update lanes set due_at = coalesce(cast(:due as bigint), due_at),
    wait = case when cast(:due as bigint) is null then wait else cast(:wait as bigint) end, lease_until = 0,
      token = token + 1, attempts = attempts - 1,
    tried_since = case when attempts <= 1 then null else tried_since end
  where id = :lane and token = :token`);

const park = statement<{ lane: number }>('update lanes set due_at = null, lease_until = 0 where id = :lane');

const writeProgress = statement<{ id: number; progress: string; lane: number; token: number }, { id: number }>(`
  update deliveries set progress = :progress
  where id = :id and exists (select id from lanes where id = :lane and token = :token) returning id`);

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
  'claimLanes',
  async (transaction, { concurrency, ...values }: ClaimValues): Promise<Claim[]> => {
    const claims: Claim[] = [];
    const most =
      concurrency === undefined || transaction.engine === 'sqlite'
        ? values.most
        : Math.min(values.most, concurrency - (await countLeased(transaction, values)));
    if (most <= 0) return claims;
    const lanes = await leaseDue(transaction, { ...values, most });
    if (lanes.length === 0) return claims;
    const heads = await headsOf(transaction, lanes);
    for (const lane of lanes) {
      const head = heads.get(lane.id);
      if (head === undefined || head.record === null) {
        // Somebody has been at the tables: this lane stands still, and the target's other ones go on.
        await park(transaction, { lane: lane.id });
        continue;
      }
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
        person: head.person,
        seal: head.seal,
        keyText: head.key_text,
      });
    }
    return claims;
  },
);

/**
 * For each, in the order given, false when its lease was lost: somebody else holds the lane now, and the attempt must
 * end without settling.
 */
export const extendLeases = new Procedure(
  'extendLeases',
  async (
    transaction,
    { holds, until }: { readonly holds: readonly Hold[]; readonly until: number },
  ): Promise<boolean[]> => {
    const kept = new Set<Hold>();
    for (const hold of inLockOrder(holds, ({ target, laneKey }) => [target, laneKey])) {
      if ((await extend(transaction, { lane: hold.laneId, token: hold.token, until })).length > 0) kept.add(hold);
    }
    return holds.map((hold) => kept.has(hold));
  },
);

/** Until when what was claimed is put off, and how many milliseconds that is. */
export interface PutOff {
  readonly dueAt: number;
  readonly wait: number;
}

/** Gives a claim back as if it had never been taken, perhaps until later: nothing went on the wire. */
export const releaseClaim = new Procedure(
  'releaseClaim',
  async (
    transaction,
    { hold: { laneId, token }, later }: { readonly hold: Hold; readonly later: PutOff | undefined },
  ): Promise<void> => {
    await release(transaction, { lane: laneId, token, due: later?.dueAt ?? null, wait: later?.wait ?? 0 });
  },
);

/** False when the lease was lost: the next holder's progress is not to be overwritten. References are kept anyway. */
export const saveNotes = new Procedure(
  'saveNotes',
  async (
    transaction,
    { hold: { id, laneId, token }, notes }: { readonly hold: Hold; readonly notes: Notes },
  ): Promise<boolean> => {
    await writeReferences(transaction, notes.references);
    if (notes.progress === null) return true;
    return (await writeProgress(transaction, { id, progress: notes.progress, lane: laneId, token })).length > 0;
  },
);

const deleteIdle = statement<object>('delete from lanes where head > tail and lease_until = 0');

export const sweepIdle = new Procedure('sweepIdle', async (transaction): Promise<void> => {
  await deleteIdle(transaction, {});
});
