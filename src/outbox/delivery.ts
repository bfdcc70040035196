import type { Selectable } from 'kysely';
import type { AttemptsTable } from '../database/tables/outbox.ts';
import type { Text } from '../text.ts';
import type { Sealed } from './sealed-row.ts';

/**
 * `sending` is never stored: it is a pending delivery whose lane is leased, so that a crash leaves nothing to clean up.
 */
export const deliveryStates = ['pending', 'sending', 'delivered', 'dead', 'cancelled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];
export const deadReasons = ['rejected', 'gave up', 'unknown outcome', 'mapping failed'] as const;
export type DeadReason = (typeof deadReasons)[number];
export type AttemptOutcome = Selectable<AttemptsTable>['outcome'];

/** The mapping of what no mapping made: alarms stand in no list or count of the road. */
export const alarmMapping = 'alarms';

/** A record owed to a target, about to enter the outbox. */
export interface NewDelivery {
  /** Null: an alarm. */
  readonly eventId: number | null;
  readonly mapping: string;
  readonly mappingHash: string;
  readonly target: string;
  /** Orders it among others of its target; null: no order. */
  readonly key: string | null;
  readonly scope: string;
  /** `none`: it neither waits for others of its key nor blocks them. */
  readonly order: 'strict' | 'none';
  readonly createdAt: number;
  /** The delivery of the same event and mapping that this one repeats. */
  readonly replayOf?: number;
  /** Huntflow's ids of the person and the vacancy it is about. */
  readonly applicant?: string | null;
  readonly vacancy?: string | null;
  /** Whom its event is about, a row of people. */
  readonly person?: number | null;
  /** Once it is sealed: `key` is what is kept then, and the record is sealed. */
  readonly sealed?: Sealed;
  /** The record as JSON, or why its mapping made none: a dead letter in its place in the order. */
  readonly made: { readonly record: string; readonly idempotencyKey: string } | { readonly failed: Text };
}

/** A delivery as people see it. */
export interface Delivery {
  readonly id: number;
  /** Null: an alarm. */
  readonly eventId: number | null;
  readonly mapping: string;
  readonly mappingHash: string;
  readonly target: string;
  readonly key: string | null;
  readonly scope: string;
  readonly state: DeliveryState;
  readonly reason: DeadReason | null;
  readonly attempts: number;
  /** When it is tried next; null: never, or not before what stands ahead of it. */
  readonly dueAt: number | null;
  /** It waits behind a dead letter of its key. */
  readonly blocked: boolean;
  /** It waits for another of its key, which is sent first. */
  readonly queued: boolean;
  readonly lastError: Text | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly replayOf: number | null;
  /** Findings that came with the delivery; empty: none. */
  readonly attention: readonly Text[];
  readonly attentionSeenAt: number | null;
  readonly applicant: string | null;
  readonly vacancy: string | null;
  /** A row of people. */
  readonly person: number | null;
  /** The sealed text of a key that is kept as its hash. */
  readonly keyText: string | null;
  /** Fingerprint of what its last failure has in common with others. */
  readonly cause: string | null;
  /** After an edit: the delivery whose place it took, the one that took its own, who did it and why. */
  readonly replaces: number | null;
  readonly replacedBy: number | null;
  readonly editedBy: string | null;
  readonly editReason: string | null;
}

export interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly outcome: AttemptOutcome;
  readonly summary: Text | null;
  /** As they were, without secrets, cut at 8 KB; masked when they are shown. */
  readonly exchanges: readonly RecordedExchange[];
  readonly warnings: readonly Text[];
}

/**
 * One request on the wire and its answer; null: none came. A body that had no room any more is a few words that say so.
 */
export interface RecordedExchange {
  readonly sent: { readonly summary: string; readonly body: string | null };
  readonly received: { readonly summary: string; readonly body: string | null } | null;
}

/** What a process holds while it attempts a delivery. */
export interface Hold {
  readonly laneId: number;
  readonly laneKey: string | null;
  /** The fencing token: whoever settles with an older one changes nothing. */
  readonly token: number;
  readonly id: number;
  readonly target: string;
  /** Number of this attempt over the delivery's whole life, from 1. */
  readonly attempt: number;
  /** Whom it is about, a row of people. */
  readonly person?: number | null;
  /** What its record and progress are bound to; null: they are not sealed. */
  readonly seal?: number | null;
}

/** A delivery whose turn it is, leased to this process. */
export interface Claim extends Hold {
  readonly key: string | null;
  readonly scope: string;
  readonly record: string;
  readonly idempotencyKey: string;
  readonly createdAt: number;
  readonly progress: string | null;
  /** Attempts that count towards the retry schedule, this one included. */
  readonly counted: number;
  /** When the first counted attempt began. */
  readonly triedSince: number;
  /** Milliseconds of earlier attempts and waits that count towards giving up. */
  readonly spent: number;
  /** Earlier attempts that the target answered with a conflict. */
  readonly conflicts: number;
  /** What the exchanges of earlier attempts take in the database. */
  readonly attemptBytes: number;
  /** Whom it is about, a row of people. */
  readonly person: number | null;
  readonly seal: number | null;
  /** The text of a key that is kept as its hash, sealed. */
  readonly keyText: string | null;
}

/** A delivery stays at the head of its lane and is tried again. */
export interface TriedAgain {
  /** `unknown`: the target may have the record. */
  readonly outcome: 'retry' | 'unknown';
  readonly dueAt: number;
  /** Milliseconds from the end of the attempt to `dueAt`. */
  readonly wait: number;
  /** `attempt`: of `retry`; `interruption`: of those with their process, fifty in a row at most; `held`: nothing. */
  readonly cost: 'attempt' | 'interruption' | 'held';
  /** Milliseconds that count towards giving up. */
  readonly spends: number;
  /** The target answered with a conflict, and is asked again a few times because of that. */
  readonly conflict?: true;
}

/** How an attempt ended. */
export type Settlement = Omit<Attempt, 'number' | 'outcome'> & {
  /** What went wrong and where, as the adapter says it. */
  readonly code?: string | undefined;
  readonly field?: string | undefined;
} & (
    | { readonly outcome: 'delivered'; readonly attention?: readonly Text[] }
    | TriedAgain
    | { readonly outcome: 'dead'; readonly reason: DeadReason }
  );
