import { Procedure } from '../../database/procedure.ts';
import type { EndedClaim } from './consequence.ts';
import { inLockOrder } from './lock-order.ts';
import { settleEach } from './on-sqlite.ts';
import { settleBatch } from './on-postgres.ts';

/**
 * Writes attempts and what they change; for each, in the order given, whether it was settled: false when its lease was
 * lost.
 */
export const settleClaims = new Procedure(
  'settleClaims',
  async (transaction, items: readonly EndedClaim[]): Promise<boolean[]> => {
    const settled: boolean[] = [];
    // Lanes are locked in one order by everybody: two processes that each hold what the other wants would both wait.
    const ordered = inLockOrder(
      items.map((item, index) => ({ ...item, index })),
      ({ claim }) => [claim.target, claim.laneKey],
    );
    const answers =
      transaction.engine === 'postgres'
        ? await settleBatch(transaction, ordered)
        : await settleEach(transaction, ordered);
    for (const [place, { index }] of ordered.entries()) settled[index] = answers[place] ?? false;
    return settled;
  },
);
