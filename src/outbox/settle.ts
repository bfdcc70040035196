import { isPostgres, type Transaction } from '../database/database.ts';
import type { DeliveriesTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import type { AttemptOutcome, Claim, Settlement } from './delivery.ts';
import { advance, type LanePlace } from './lane.ts';

const selectHeld = statement<{ lane: number; token: number }, LanePlace>((queries, value) => {
  const lane = queries.selectFrom('lanes').select(['id', 'key', 'head', 'tail']).where('id', '=', value('lane')).where('token', '=', value('token'));
  return isPostgres(queries) ? lane.forUpdate() : lane;
});

const postpone = statement<{ lane: number; due: number | null; uncounted: number }>((queries, value) =>
  queries.updateTable('lanes').set((lane) => ({
    due_at: value('due'), lease_until: 0, token: lane('token', '+', 1), attempts: lane('attempts', '-', lane.val(value('uncounted'))),
  })).where('id', '=', value('lane')));

const updateDelivery = statement<{
  id: number; state: DeliveriesTable['state']; reason: DeliveriesTable['reason']; attempts: number; finished: number | null; error: string | null;
}>((queries, value) =>
  queries.updateTable('deliveries').set({
    state: value('state'), reason: value('reason'), attempts: value('attempts'), finished_at: value('finished'), last_error: value('error'),
  }).where('id', '=', value('id')));

const insertAttempt = statement<{
  delivery: number; number: number; started: number; finished: number; outcome: AttemptOutcome; summary: string | null; exchanges: string; warnings: string;
}>((queries, value) =>
  queries.insertInto('attempts').values({
    delivery_id: value('delivery'), number: value('number'), started_at: value('started'), finished_at: value('finished'),
    outcome: value('outcome'), summary: value('summary'), exchanges: value('exchanges'), warnings: value('warnings'),
  }));

/**
 * Writes an attempt and what it changes, all or nothing; to be called within a transaction. False when the lease was lost
 * meanwhile: then nothing is written, for the lane belongs to somebody else.
 */
export async function settleClaim(transaction: Transaction, claim: Claim, settlement: Settlement): Promise<boolean> {
  const [lane] = await selectHeld(transaction, { lane: claim.laneId, token: claim.token });
  if (lane === undefined) return false;
  await insertAttempt(transaction, {
    delivery: claim.id,
    number: claim.attempt,
    started: settlement.startedAt,
    finished: settlement.finishedAt,
    outcome: settlement.outcome,
    summary: settlement.summary === null ? null : JSON.stringify(settlement.summary),
    exchanges: JSON.stringify(settlement.exchanges),
    warnings: JSON.stringify(settlement.warnings),
  });
  const done = { id: claim.id, attempts: claim.attempt };
  const error = settlement.summary === null ? null : JSON.stringify(settlement.summary);
  switch (settlement.outcome) {
    case 'delivered':
      await updateDelivery(transaction, { ...done, state: 'delivered', reason: null, finished: settlement.finishedAt, error: null });
      await advance(transaction, lane, settlement.finishedAt);
      return true;
    case 'retry':
    case 'unknown':
      await updateDelivery(transaction, { ...done, state: 'pending', reason: null, finished: null, error });
      await postpone(transaction, { lane: lane.id, due: settlement.dueAt, uncounted: settlement.counts ? 0 : 1 });
      return true;
    case 'dead':
      await updateDelivery(transaction, { ...done, state: 'dead', reason: settlement.reason, finished: settlement.finishedAt, error });
      await postpone(transaction, { lane: lane.id, due: null, uncounted: 0 });
      return true;
  }
}

/** One after the other: within SQLite's process a statement is no round trip. */
export async function settleEach(transaction: Transaction, items: readonly { readonly claim: Claim; readonly settlement: Settlement }[]): Promise<boolean[]> {
  const settled: boolean[] = [];
  for (const { claim, settlement } of items) settled.push(await settleClaim(transaction, claim, settlement));
  return settled;
}
