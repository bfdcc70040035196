import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

/** Instances read one clock at moments of their own; milliseconds. */
const slack = 5000;

/** Lanes set right in one transaction: after a leap all that wait may need it. */
export const leapSlice = 5000;

export interface LeapValues {
  readonly now: number;
  /** Milliseconds that a lease lasts. */
  readonly leaseTime: number;
  readonly targets: readonly string[];
}

const selectFarWaits = `
  select id from lanes where target = cast(:target as text) and due_at is not null and due_at > cast(:after as bigint)
    and due_at > cast(:after as bigint) + wait and lease_until = 0 limit cast(:most as bigint)`;

// PostgreSQL: what somebody is at work on is set right by the next look; waiting for it could be waiting in a circle.
const endWaits = statement<{ target: string; now: number; after: number; most: number }, { id: number }>({
  sqlite: `update lanes set due_at = :now + wait where id in (${selectFarWaits}) returning id`,
  postgres: `update lanes set due_at = cast(:now as bigint) + wait
    where id = any(array(${selectFarWaits} for update skip locked)) returning id`,
});

const selectFarLeases = `select id from lanes where lease_until > 0 and lease_until > cast(:after as bigint)`;

const endLeases = statement<{ until: number; after: number }>({
  sqlite: `update lanes set lease_until = :until where id in (${selectFarLeases})`,
  postgres: `update lanes set lease_until = :until where id = any(array(${selectFarLeases} for update skip locked))`,
});

/**
 * After a clock was set back: a delivery that is due further away than it was to wait begins to wait anew, and so does
 * a lease that ends later than any can. Returns how many deliveries that were; a full slice may not be all.
 */
export const endLeaps = new Procedure(
  'endLeaps',
  async (transaction, { now, leaseTime, targets }: LeapValues): Promise<number> => {
    let set = 0;
    for (const target of targets)
      if (set < leapSlice)
        set += (await endWaits(transaction, { target, now, after: now + slack, most: leapSlice - set })).length;
    await endLeases(transaction, { until: now + leaseTime, after: now + 2 * leaseTime + slack });
    return set;
  },
);
