import type { Insertable, Selectable } from 'kysely';
import type { AttemptsTable, DeliveriesTable } from '../database/schema.ts';
import type { Hold, Settlement } from './delivery.ts';

/** A lane as it stands at the end of an attempt at its head. */
export interface LanePlace {
  readonly id: number;
  /** Null: made for one delivery, and gone with it. */
  readonly key: string | null;
  readonly head: number;
  readonly tail: number;
}

/** The first delivery behind a lane's head that is neither delivered nor cancelled. */
export interface NextDelivery {
  readonly pos: number;
  /** False: a dead letter, or one that waits to be mapped again. */
  readonly ready: boolean;
}

/** What becomes of a lane; whoever held it holds it no longer. */
export type LaneAfter =
  /** Another delivery has its turn, with a fresh retry budget; head > tail: none has. `dueAt` null: idle or blocked. */
  | { readonly change: 'moved'; readonly id: number; readonly head: number; readonly dueAt: number | null }
  /** The same delivery stays at the head; `dueAt` null: as a dead letter that blocks the lane. */
  | { readonly change: 'stayed'; readonly id: number; readonly dueAt: number | null; readonly counts: boolean }
  | { readonly change: 'gone'; readonly id: number };

/** The rows that a settlement writes. */
export interface Consequence {
  readonly attempt: Omit<Insertable<AttemptsTable>, 'id'>;
  readonly delivery: Pick<Selectable<DeliveriesTable>, 'id' | 'state' | 'reason' | 'attempts' | 'finished_at' | 'last_error'>;
  readonly lane: LaneAfter;
}

/** A claim and how its attempt ended. */
export interface EndedClaim {
  readonly claim: Hold;
  readonly settlement: Settlement;
}

/**
 * What a settlement makes of its delivery and of the lane it holds: decided here, written by settle.ts and settle-batch.ts.
 * `next` is wanted where `asksForNext` says so.
 */
export function consequenceOf({ claim, settlement }: EndedClaim, lane: LanePlace, next: NextDelivery | undefined): Consequence {
  const summary = settlement.summary === null ? null : JSON.stringify(settlement.summary);
  const attempt = {
    delivery_id: claim.id, number: claim.attempt, started_at: settlement.startedAt, finished_at: settlement.finishedAt,
    outcome: settlement.outcome, summary, exchanges: JSON.stringify(settlement.exchanges), warnings: JSON.stringify(settlement.warnings),
  };
  const tried = { id: claim.id, attempts: claim.attempt };
  switch (settlement.outcome) {
    case 'delivered': return {
      attempt,
      delivery: { ...tried, state: 'delivered', reason: null, finished_at: settlement.finishedAt, last_error: null },
      lane: laneBehind(lane, next, settlement.finishedAt),
    };
    case 'retry':
    case 'unknown': return {
      attempt,
      delivery: { ...tried, state: 'pending', reason: null, finished_at: null, last_error: summary },
      lane: { change: 'stayed', id: lane.id, dueAt: settlement.dueAt, counts: settlement.counts },
    };
    case 'dead': return {
      attempt,
      delivery: { ...tried, state: 'dead', reason: settlement.reason, finished_at: settlement.finishedAt, last_error: summary },
      lane: { change: 'stayed', id: lane.id, dueAt: null, counts: true },
    };
  }
}

/** The lane whose head is done, delivered or cancelled. */
export function laneBehind(lane: LanePlace, next: NextDelivery | undefined, now: number): LaneAfter {
  if (next === undefined && lane.key === null) return { change: 'gone', id: lane.id };
  return { change: 'moved', id: lane.id, head: next?.pos ?? lane.tail + 1, dueAt: next?.ready === true ? now : null };
}

/** Whether the next delivery matters; looking for it has its price. */
export function asksForNext({ settlement }: EndedClaim, lane: LanePlace): boolean {
  return settlement.outcome === 'delivered' && hasFollowers(lane);
}

export function hasFollowers({ head, tail }: LanePlace): boolean {
  return head < tail;
}
