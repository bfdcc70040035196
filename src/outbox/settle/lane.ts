import { sql } from 'kysely';
import type { Transaction } from '../../database/executor.ts';
import { statement, steady } from '../../database/statement.ts';
import { hasFollowers, type LaneAfter, laneBehind, type LanePlace, type NextDelivery } from './consequence.ts';

const selectNext = statement<{ lane: number; after: number }, { pos: number; ready: number }>((queries, value) =>
  queries
    .selectFrom('deliveries')
    .select((select) => [
      'pos',
      select
        .case()
        .when(select.and([select('state', '=', sql.lit('pending' as const)), select('record', 'is not', null)]))
        .then(select.lit(1))
        .else(select.lit(0))
        .end()
        .as('ready'),
    ])
    .where('lane_id', '=', steady(value('lane'), 'bigint'))
    .where('pos', '>', steady(value('after'), 'bigint'))
    .where('state', 'in', [sql.lit('pending' as const), sql.lit('dead' as const)])
    .orderBy('pos')
    .limit(sql.lit(1)),
);

const moveHead = statement<{ lane: number; head: number; due: number | null }>((queries, value) =>
  queries
    .updateTable('lanes')
    .set((lane) => ({
      head: value('head'),
      due_at: value('due'),
      lease_until: 0,
      token: lane('token', '+', 1),
      attempts: 0,
      tried_since: null,
      interrupted: 0,
      wait: 0,
      spent: 0,
      conflicts: 0,
    }))
    .where('id', '=', value('lane')),
);

const keepHead = statement<{
  lane: number;
  due: number | null;
  wait: number;
  interrupted: number;
  attempts: number;
  spent: number;
  conflicts: number;
}>((queries, value) =>
  queries
    .updateTable('lanes')
    .set((lane) => ({
      due_at: value('due'),
      wait: value('wait'),
      lease_until: 0,
      token: lane('token', '+', 1),
      interrupted: value('interrupted'),
      attempts: lane('attempts', '+', lane.val(value('attempts'))),
      spent: lane('spent', '+', lane.val(value('spent'))),
      conflicts: lane('conflicts', '+', lane.val(value('conflicts'))),
    }))
    .where('id', '=', value('lane')),
);

const deleteLane = statement<{ lane: number }>((queries, value) =>
  queries.deleteFrom('lanes').where('id', '=', value('lane')),
);

export async function nextBehind(transaction: Transaction, { id, head }: LanePlace): Promise<NextDelivery | undefined> {
  const [next] = await selectNext(transaction, { lane: id, after: head });
  return next === undefined ? undefined : { pos: next.pos, ready: next.ready === 1 };
}

export async function writeLane(transaction: Transaction, lane: LaneAfter): Promise<void> {
  switch (lane.change) {
    case 'moved':
      await moveHead(transaction, { lane: lane.id, head: lane.head, due: lane.dueAt });
      return;
    case 'stayed':
      await keepHead(transaction, {
        lane: lane.id,
        due: lane.dueAt,
        wait: lane.wait,
        interrupted: lane.interrupted,
        ...lane.adds,
      });
      return;
    case 'gone':
      await deleteLane(transaction, { lane: lane.id });
      return;
  }
}

/** The head of a lane that nobody holds is done. */
export async function advance(transaction: Transaction, lane: LanePlace, now: number): Promise<void> {
  await writeLane(
    transaction,
    laneBehind(lane, hasFollowers(lane) ? await nextBehind(transaction, lane) : undefined, now),
  );
}
