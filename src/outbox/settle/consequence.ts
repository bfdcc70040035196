import type { Insertable, Selectable } from 'kysely';
import type { AttemptsTable, DeliveriesTable } from '../../database/tables/outbox.ts';
import type { Text } from '../../text.ts';
import { type Cause, type CauseKind, causeOf } from '../cause.ts';
import type { Hold, Settlement } from '../delivery.ts';
import type { SealedAttempt } from '../seal-attempt.ts';

/** So many attempts in a row may end with their process; a record that kills it would be tried for ever. */
const interruptionsBorne = 50;

/** Where a lane stands. */
export interface LanePlace {
  readonly id: number;
  /** Null: made for one delivery, and gone with it. */
  readonly key: string | null;
  readonly head: number;
  readonly tail: number;
}

/** A lane as it stands at the end of an attempt at its head. */
export interface HeldLane extends LanePlace {
  /** Attempts at the head in a row, before this one, of which nobody knows how they ended. */
  readonly interrupted: number;
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
  | {
      readonly change: 'stayed';
      readonly id: number;
      readonly dueAt: number | null;
      readonly interrupted: number;
      /** What is added to the lane's counts. */
      readonly adds: { readonly attempts: 0 | -1; readonly spent: number; readonly conflicts: 0 | 1 };
      readonly wait: number;
    }
  | { readonly change: 'gone'; readonly id: number };

/** The rows that a settlement writes. */
export interface Consequence {
  readonly attempt: Omit<Insertable<AttemptsTable>, 'id'>;
  readonly delivery: Pick<
    Selectable<DeliveriesTable>,
    'id' | 'state' | 'reason' | 'attempts' | 'finished_at' | 'last_error' | 'attention' | 'cause'
  > & {
    /** What this attempt's exchanges add to `attempt_bytes`. */
    readonly bytes: number;
  };
  readonly lane: LaneAfter;
  /** What its failure has in common with others; undefined: it has not failed. */
  readonly cause: Cause | undefined;
}

/** A claim and how its attempt ended. */
export interface EndedClaim {
  readonly claim: Hold;
  readonly settlement: Settlement;
  /** What it sent, got and said, where that is sealed: then the settlement has no exchanges. */
  readonly sealed?: SealedAttempt | undefined;
}

/**
 * What a settlement makes of its delivery and of the lane it holds: decided here, written by on-sqlite.ts
 * and on-postgres.ts. `next` is wanted where `asksForNext` says so.
 */
export function consequenceOf(
  { claim, settlement: ended, sealed }: EndedClaim,
  lane: HeldLane,
  next: NextDelivery | undefined,
): Consequence {
  const interrupted = interruptionsAfter(ended, lane);
  const settlement: Settlement =
    interrupted < interruptionsBorne
      ? ended
      : { ...ended, outcome: 'dead', reason: 'unknown outcome', summary: interruptedTooOften };
  const summary = settlement.summary === null ? null : JSON.stringify(settlement.summary);
  const exchanges = sealed?.text ?? JSON.stringify(settlement.exchanges);
  const attempt = {
    delivery_id: claim.id,
    number: claim.attempt,
    started_at: settlement.startedAt,
    finished_at: settlement.finishedAt,
    outcome: settlement.outcome,
    // What we say ourselves is nobody's.
    summary: sealed === undefined || settlement !== ended ? summary : null,
    exchanges,
    warnings: sealed === undefined ? JSON.stringify(settlement.warnings) : '[]',
    seal: sealed?.seal ?? null,
  };
  const cause = failureCause(claim.target, settlement);
  const tried = {
    id: claim.id,
    attempts: claim.attempt,
    bytes: sealed?.bytes ?? Buffer.byteLength(exchanges),
    cause: cause?.id ?? null,
  };
  switch (settlement.outcome) {
    case 'delivered':
      return {
        attempt,
        delivery: {
          ...tried,
          state: 'delivered',
          reason: null,
          finished_at: settlement.finishedAt,
          last_error: null,
          attention: sealed?.attention ?? (settlement.attention?.length ? JSON.stringify(settlement.attention) : null),
        },
        lane: laneBehind(lane, next, settlement.finishedAt),
        cause,
      };
    case 'retry':
    case 'unknown':
      return {
        attempt,
        delivery: { ...tried, state: 'pending', reason: null, finished_at: null, last_error: summary, attention: null },
        lane: {
          change: 'stayed',
          id: lane.id,
          dueAt: settlement.dueAt,
          wait: settlement.wait,
          interrupted,
          adds: {
            attempts: settlement.cost === 'attempt' ? 0 : -1,
            spent: settlement.spends,
            conflicts: settlement.conflict === true ? 1 : 0,
          },
        },
        cause,
      };
    case 'dead':
      return {
        attempt,
        delivery: {
          ...tried,
          state: 'dead',
          reason: settlement.reason,
          finished_at: settlement.finishedAt,
          last_error: summary,
          attention: null,
        },
        lane: {
          change: 'stayed',
          id: lane.id,
          dueAt: null,
          wait: 0,
          interrupted,
          adds: { attempts: 0, spent: 0, conflicts: 0 },
        },
        cause,
      };
  }
}

function kindOf(settlement: Exclude<Settlement, { readonly outcome: 'delivered' }>): CauseKind {
  if (settlement.outcome === 'dead') return settlement.reason === 'gave up' ? 'unavailable' : settlement.reason;
  return settlement.outcome === 'unknown' ? 'unknown outcome' : 'unavailable';
}

/** What ended with its process is no failure yet: it is tried again at once. */
function failureCause(target: string, settlement: Settlement): Cause | undefined {
  if (settlement.outcome === 'delivered') return undefined;
  if (settlement.outcome !== 'dead' && settlement.cost === 'interruption') return undefined;
  return causeOf(target, kindOf(settlement), settlement.summary, {
    code: settlement.code ?? null,
    field: settlement.field ?? null,
  });
}

/** A hold says nothing of how the process fares. */
function interruptionsAfter(ended: Settlement, lane: HeldLane): number {
  if (!('cost' in ended) || ended.cost === 'attempt') return 0;
  return ended.cost === 'interruption' ? lane.interrupted + 1 : lane.interrupted;
}

const interruptedTooOften: Text = {
  ru: `процесс ${interruptionsBorne} раз подряд был остановлен или погиб, отправляя эту доставку; дошла ли запись — неизвестно. Найдите в журнале, отчего он останавливается, и проверьте, есть ли запись у цели: если есть — отмените доставку, иначе повторите`,
  en:
    `the process was stopped or died ${interruptionsBorne} times in a row while sending this delivery, so the ` +
    'target may have the record: find in the log what stops the process and look at the target; cancel the ' +
    'delivery if the record is there, else retry it',
};

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
