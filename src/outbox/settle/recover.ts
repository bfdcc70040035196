import type { Connection } from '../../database/connection.ts';
import { Procedure } from '../../database/procedure.ts';
import { statement } from '../../database/statement.ts';
import type { Text } from '../../text.ts';
import type { EndedClaim } from './consequence.ts';
import type { Hold } from '../delivery.ts';

const interrupted: Text = {
  ru: 'попытка оборвана: процесс остановился во время отправки, дошла ли запись — неизвестно',
  en: 'the attempt was cut short: the process died while sending, so the target may have the record',
};

/** What is held by a lease that has run out. */
export interface ExpiredHold extends Hold {
  readonly triedSince: number;
}

interface ExpiredRow {
  readonly lane_id: number;
  readonly lane_key: string | null;
  readonly token: number;
  readonly target: string;
  readonly tried_since: number | null;
  readonly id: number;
  readonly attempts: number;
}

const selectExpired = statement<{ now: number }, ExpiredRow>(`
  select lanes.id as lane_id, lanes.key as lane_key, lanes.token, lanes.target, lanes.tried_since, deliveries.id,
    deliveries.attempts
  from lanes join deliveries on deliveries.lane_id = lanes.id and deliveries.pos = lanes.head
  where lanes.lease_until > 0 and lanes.lease_until <= cast(:now as bigint) limit 1000`);

const endLeases = statement<object>('update lanes set lease_until = 1 where lease_until > 0');
// But who serves: that is this process by now, and its predecessor must find so.
const deleteLeases = statement<object>(`delete from leases where name <> 'serving'`);

export async function expiredHolds(on: Connection, now: number): Promise<ExpiredHold[]> {
  const expired = await selectExpired(on, { now });
  return expired.map((row) => ({
    laneId: row.lane_id,
    laneKey: row.lane_key,
    token: row.token,
    id: row.id,
    target: row.target,
    attempt: row.attempts + 1,
    triedSince: row.tried_since ?? now,
  }));
}

/**
 * How the attempt of a process that is gone ended: it is recorded as unknown, costs nothing of the retry budget, and
 * its delivery is due at once, or with `dead` waits for a person.
 */
export function cutShort(claim: ExpiredHold, now: number, decision: 'again' | 'dead'): EndedClaim {
  const ended = { startedAt: claim.triedSince, finishedAt: now, summary: interrupted, exchanges: [], warnings: [] };
  return {
    claim,
    settlement:
      decision === 'dead'
        ? { ...ended, outcome: 'dead', reason: 'unknown outcome' }
        : { ...ended, outcome: 'unknown', dueAt: now, wait: 0, cost: 'interruption', spends: 0 },
  };
}

/** A serving process that starts alone (SQLite) need not wait for its predecessor's leases to run out. */
export const expireLeases = new Procedure('expireLeases', async (transaction): Promise<void> => {
  await endLeases(transaction, {});
  await deleteLeases(transaction, {});
});
