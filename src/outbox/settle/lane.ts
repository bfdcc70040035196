import type { Transaction } from '../../database/connection.ts';
import { statement } from '../../database/statement.ts';
import { hasFollowers, type LaneAfter, laneBehind, type LanePlace, type NextDelivery } from './consequence.ts';

const selectNext = statement<{ lane: number; after: number }, { pos: number; ready: number }>(`
  select pos, case when state = 'pending' and record is not null then 1 else 0 end as ready from deliveries
  where lane_id = cast(:lane as bigint) and pos > cast(:after as bigint) and state in ('pending', 'dead')
  order by pos limit 1`);

const moveHead = statement<{ lane: number; head: number; due: number | null }>(`
  update lanes set head = :head, due_at = :due, lease_until = 0, token = token + 1, attempts = 0, tried_since = null,
    interrupted = 0, wait = 0, spent = 0, conflicts = 0
  where id = :lane`);

const keepHead = statement<{
  lane: number;
  due: number | null;
  wait: number;
  interrupted: number;
  attempts: number;
  spent: number;
  conflicts: number;
}>(`
  update lanes set due_at = :due, wait = :wait, lease_until = 0, token = token + 1, interrupted = :interrupted,
    attempts = attempts + :attempts, spent = spent + :spent, conflicts = conflicts + :conflicts
  where id = :lane`);

const deleteLane = statement<{ lane: number }>('delete from lanes where id = :lane');

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
