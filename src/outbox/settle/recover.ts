import { sql } from 'kysely';
import type { Executor, Transaction } from '../../database/executor.ts';
import type { Text } from '../../text.ts';
import type { EndedClaim } from './consequence.ts';
import type { Hold } from '../delivery.ts';
import { settleClaims } from './settle-claims.ts';

const interrupted: Text = {
  ru: 'попытка оборвана: процесс остановился во время отправки, дошла ли запись — неизвестно',
  en: 'the attempt was cut short: the process died while sending, so the target may have the record',
};

/** What is held by a lease that has run out. */
export interface ExpiredHold extends Hold {
  readonly triedSince: number;
}

export async function expiredHolds(executor: Executor, now: number): Promise<ExpiredHold[]> {
  const expired = await executor
    .selectFrom('lanes')
    .innerJoin('deliveries', (join) =>
      join.onRef('deliveries.lane_id', '=', 'lanes.id').onRef('deliveries.pos', '=', 'lanes.head'),
    )
    .select([
      'lanes.id as laneId',
      'lanes.key as laneKey',
      'lanes.token',
      'lanes.target',
      'lanes.tried_since',
      'deliveries.id',
      'deliveries.attempts',
    ])
    .where('lanes.lease_until', '>', sql.lit(0))
    .where('lanes.lease_until', '<=', now)
    .limit(1000)
    .execute();
  return expired.map((row) => ({
    laneId: row.laneId,
    laneKey: row.laneKey,
    token: row.token,
    id: row.id,
    target: row.target,
    attempt: row.attempts + 1,
    triedSince: row.tried_since ?? now,
  }));
}

/**
 * Ends the attempts of a process that is gone: each is recorded as unknown, costs nothing of the retry budget, and its
 * delivery is due at once, or with `dead` waits for a person. Returns how many there were, but for those settled
 * meanwhile.
 */
export async function recoverHolds(
  transaction: Transaction,
  holds: readonly ExpiredHold[],
  now: number,
  decide: (target: string) => 'again' | 'dead',
): Promise<number> {
  const settled = await settleClaims.run(
    transaction,
    holds.map((claim): EndedClaim => {
      const ended = { startedAt: claim.triedSince, finishedAt: now, summary: interrupted, exchanges: [], warnings: [] };
      return {
        claim,
        settlement:
          decide(claim.target) === 'dead'
            ? { ...ended, outcome: 'dead', reason: 'unknown outcome' }
            : { ...ended, outcome: 'unknown', dueAt: now, wait: 0, cost: 'interruption', spends: 0 },
      };
    }),
  );
  return settled.filter(Boolean).length;
}

/** A serving process that starts alone (SQLite) need not wait for its predecessor's leases to run out. */
export async function expireLeases(transaction: Transaction): Promise<void> {
  await transaction.updateTable('lanes').set({ lease_until: 1 }).where('lease_until', '>', sql.lit(0)).execute();
  await transaction.deleteFrom('leases').execute();
}
