import { Procedure } from '../../database/procedure.ts';
import { statement } from '../../database/statement.ts';
import type { Notes } from '../attempt-notes.ts';
import { writeReferences } from '../references.ts';
import type { EndedClaim } from './consequence.ts';
import { inLockOrder } from './lock-order.ts';
import { settleEach } from './on-sqlite.ts';
import { settleBatch } from './on-postgres.ts';

/** A claim, how its attempt ended, and what else it wanted kept. */
export interface NotedEnd extends EndedClaim {
  readonly notes?: Notes | undefined;
}

const setProgress = statement<{ id: number; progress: string }>(
  'update deliveries set progress = :progress where id = :id',
);

/**
 * Writes attempts and what they change; for each, in the order given, whether it was settled: false when its lease was
 * lost.
 */
export const settleClaims = new Procedure(
  'settleClaims',
  async (transaction, items: readonly NotedEnd[]): Promise<boolean[]> => {
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
    for (const { claim, notes, index } of ordered)
      if (settled[index] === true && notes?.progress)
        await setProgress(transaction, { id: claim.id, progress: notes.progress });
    await writeReferences(
      transaction,
      ordered.flatMap(({ notes }) => notes?.references ?? []),
    );
    return settled;
  },
);
