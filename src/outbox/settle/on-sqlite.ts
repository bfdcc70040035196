import type { Transaction } from '../../database/connection.ts';
import { statement } from '../../database/statement.ts';
import { keepCauses } from '../cause.ts';
import { asksForNext, type Consequence, consequenceOf, type EndedClaim, type HeldLane } from './consequence.ts';
import { nextBehind, writeLane } from './lane.ts';

const selectHeld = statement<{ lane: number; token: number }, HeldLane>(
  'select id, key, head, tail, interrupted from lanes where id = :lane and token = :token',
);

const insertAttempt = statement<Consequence['attempt']>(`
  insert into attempts (delivery_id, number, started_at, finished_at, outcome, summary, exchanges, warnings, seal,
    person)
  values (:delivery_id, :number, :started_at, :finished_at, :outcome, :summary, :exchanges, :warnings, :seal,
    (select person from deliveries where id = :delivery_id))`);

const updateDelivery = statement<Consequence['delivery']>(`
  update deliveries set state = :state, reason = :reason, attempts = :attempts, finished_at = :finished_at,
    last_error = :last_error, attention = :attention, cause = :cause, attempt_bytes = attempt_bytes + :bytes
  where id = :id`);

/**
 * Writes attempts and what they change, one after the other, for SQLite: within its process a statement is no round
 * trip, and its transaction locks everything. False for a claim whose lease was lost meanwhile: of it nothing is
 * written, for the lane belongs to somebody else.
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
    cause,
  } = consequenceOf(item, lane, asksForNext(item, lane) ? await nextBehind(transaction, lane) : undefined);
  if (cause !== undefined) await keepCauses(transaction, [cause]);
  await insertAttempt(transaction, attempt);
  await updateDelivery(transaction, delivery);
  await writeLane(transaction, after);
  return true;
}
