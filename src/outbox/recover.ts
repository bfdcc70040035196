import { sql } from 'kysely';
import type { Transaction } from '../database/database.ts';
import type { Text } from '../text.ts';
import type { Claim, Settlement } from './delivery.ts';
import { inLockOrder } from './lock-order.ts';
import { settleClaim } from './settle.ts';

const interrupted: Text = {
  ru: 'попытка оборвана: процесс остановился во время отправки, дошла ли запись — неизвестно',
  en: 'the attempt was cut short: the process died while sending, so the target may have the record',
};

/**
 * Ends the attempts of a process that is gone: each is recorded as unknown, costs nothing of the retry budget, and its
 * delivery is due at once, or with `dead` waits for a person. Returns how many there were.
 */
export async function recoverExpired(transaction: Transaction, now: number, decide: (target: string) => 'again' | 'dead'): Promise<number> {
  const expired = await transaction.selectFrom('lanes')
    .innerJoin('deliveries', (join) => join.onRef('deliveries.lane_id', '=', 'lanes.id').onRef('deliveries.pos', '=', 'lanes.head'))
    .select(['lanes.id as laneId', 'lanes.key as laneKey', 'lanes.token', 'lanes.target', 'lanes.attempts as counted', 'lanes.tried_since', 'lanes.lease_until',
      'deliveries.id', 'deliveries.key', 'deliveries.scope', 'deliveries.record', 'deliveries.idempotency_key', 'deliveries.created_at', 'deliveries.progress', 'deliveries.attempts'])
    .where('lanes.lease_until', '>', sql.lit(0)).where('lanes.lease_until', '<=', now).limit(1000).execute();
  let recovered = 0;
  for (const row of inLockOrder(expired, ({ target, laneKey }) => [target, laneKey])) {
    const claim: Claim = {
      laneId: row.laneId, laneKey: row.laneKey, token: row.token, id: row.id, target: row.target, key: row.key, scope: row.scope, record: row.record ?? 'null',
      idempotencyKey: row.idempotency_key, createdAt: row.created_at, progress: row.progress,
      attempt: row.attempts + 1, counted: row.counted, triedSince: row.tried_since ?? now,
    };
    const ended = { startedAt: row.tried_since ?? now, finishedAt: now, summary: interrupted, exchanges: [], warnings: [] };
    const settlement: Settlement = decide(row.target) === 'dead'
      ? { ...ended, outcome: 'dead', reason: 'unknown outcome' }
      : { ...ended, outcome: 'unknown', dueAt: now, counts: false };
    if (await settleClaim(transaction, claim, settlement)) recovered += 1;
  }
  return recovered;
}

/** A serving process that starts alone (SQLite) need not wait for its predecessor's leases to run out. */
export async function expireLeases(transaction: Transaction): Promise<void> {
  await transaction.updateTable('lanes').set({ lease_until: 1 }).where('lease_until', '>', sql.lit(0)).execute();
  await transaction.deleteFrom('leases').execute();
}
