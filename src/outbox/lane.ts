import type { Transaction } from '../database/database.ts';
import { statement } from '../database/statement.ts';

const selectNext = statement<{ lane: number; after: number }, { pos: number; state: 'pending' | 'dead'; ready: number }>((queries, value) =>
  queries.selectFrom('deliveries')
    .select((select) => ['pos', 'state', select.case().when('record', 'is not', null).then(select.lit(1)).else(select.lit(0)).end().as('ready')])
    .where('lane_id', '=', value('lane')).where('pos', '>', value('after')).where('state', 'in', ['pending', 'dead'])
    .orderBy('pos').limit(1).$narrowType<{ state: 'pending' | 'dead' }>());

const moveHead = statement<{ lane: number; head: number; due: number | null }>((queries, value) =>
  queries.updateTable('lanes').set((lane) => ({
    head: value('head'), due_at: value('due'), lease_until: 0, token: lane('token', '+', 1), attempts: 0, tried_since: null,
  })).where('id', '=', value('lane')));

const deleteLane = statement<{ lane: number }>((queries, value) => queries.deleteFrom('lanes').where('id', '=', value('lane')));

export interface LanePlace {
  readonly id: number;
  readonly key: string | null;
  readonly head: number;
  readonly tail: number;
}

/**
 * The head is done: the next delivery that is not has its turn, a dead letter blocks the lane, and an empty lane idles.
 * A lane made for one delivery goes with it.
 */
export async function advance(transaction: Transaction, lane: LanePlace, now: number): Promise<void> {
  const [next] = lane.head < lane.tail ? await selectNext(transaction, { lane: lane.id, after: lane.head }) : [];
  if (next === undefined && lane.key === null) {
    await deleteLane(transaction, { lane: lane.id });
    return;
  }
  const due = next?.state === 'pending' && next.ready === 1 ? now : null;
  await moveHead(transaction, { lane: lane.id, head: next?.pos ?? lane.tail + 1, due });
}
