import type { Transaction } from '../../database/executor.ts';
import { statement } from '../../database/statement.ts';
import { asksForNext, type Consequence, consequenceOf, type EndedClaim, type HeldLane } from './consequence.ts';
import { nextBehind, writeLane } from './lane.ts';

const selectHeld = statement<{ lane: number; token: number }, HeldLane>((queries, value) =>
  queries
    .selectFrom('lanes')
    .select(['id', 'key', 'head', 'tail', 'interrupted'])
    .where('id', '=', value('lane'))
    .where('token', '=', value('token')),
);

const insertAttempt = statement<Consequence['attempt']>((queries, value) =>
  queries.insertInto('attempts').values({
    delivery_id: value('delivery_id'),
    number: value('number'),
    started_at: value('started_at'),
    finished_at: value('finished_at'),
    outcome: value('outcome'),
    summary: value('summary'),
    exchanges: value('exchanges'),
    warnings: value('warnings'),
  }),
);

const updateDelivery = statement<Consequence['delivery']>((queries, value) =>
  queries
    .updateTable('deliveries')
    .set((delivery) => ({
      state: value('state'),
      reason: value('reason'),
      attempts: value('attempts'),
      finished_at: value('finished_at'),
      last_error: value('last_error'),
      attention: value('attention'),
      attempt_bytes: delivery('attempt_bytes', '+', delivery.val(value('bytes'))),
    }))
    .where('id', '=', value('id')),
);

/**
 * Writes attempts and what they change, one after the other, for SQLite: within its process a statement is no round
 * trip, and its
 * transaction locks everything. False for a claim whose lease was lost meanwhile: of it nothing is written, for the
 * lane belongs to
 * somebody else.
 */
export async function settleEach(transaction: Transaction, items: readonly EndedClaim[]): Promise<boolean[]> {
  const settled: boolean[] = [];
  for (const item of items) settled.push(await settle(transaction, item));
  return settled;
}

async function settle(transaction: Transaction, item: EndedClaim): Promise<boolean> {
  const [lane] = await selectHeld(transaction, { lane: item.claim.laneId, token: item.claim.token });
  if (lane === undefined) return false;
  const {
    attempt,
    delivery,
    lane: after,
  } = consequenceOf(item, lane, asksForNext(item, lane) ? await nextBehind(transaction, lane) : undefined);
  await insertAttempt(transaction, attempt);
  await updateDelivery(transaction, delivery);
  await writeLane(transaction, after);
  return true;
}
