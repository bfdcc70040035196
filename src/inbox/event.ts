import type { JsonObject } from '../huntflow/json.ts';
import type { Whom } from '../huntflow/person.ts';
import type { SealedWith } from '../people/sealed-with.ts';
import type { SeenPerson } from '../people/seen-person.ts';
import type { Text } from '../text.ts';

export const eventStates = ['received', 'mapped', 'skipped', 'failed', 'quarantined'] as const;
export type EventState = (typeof eventStates)[number];

/** What one source may have in quarantine at a time. */
export interface QuarantineBounds {
  readonly max: number;
  readonly maxBytes: number;
}

/** A verified webhook on its way into the inbox. */
export interface IncomingEvent {
  readonly source: string;
  /** Which organisation its ids belong to. */
  readonly scope: string;
  readonly event: string | undefined;
  readonly type: string | undefined;
  readonly action: string | undefined;
  /** What makes a second delivery of it a duplicate; undefined: it is always a new event. */
  readonly dedupeKey: string | undefined;
  /** Log id and action: a "duplicate" that differs in them is an event of its own. */
  readonly variant: string;
  readonly receivedAt: number;
  /** The raw bytes; undefined when they were over the limit. */
  readonly body: Uint8Array | undefined;
  readonly bodySize: number;
  /** The body as parsed, when it can be. */
  readonly document?: JsonObject | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Nobody has verified it: it is kept apart, within these bounds. */
  readonly quarantine?: QuarantineBounds | undefined;
  /** Why nobody can read it: it is kept as failed then. */
  readonly error: Text | undefined;
  /** Whom it is about, when it says so. */
  readonly whom?: Whom | undefined;
}

/** The same as it crosses over to where the database is written. */
export interface WrittenEvent extends Omit<IncomingEvent, 'document' | 'whom'> {
  readonly person: SeenPerson | undefined;
  /** What the body is bound to and whose key it has; undefined: it is not sealed. */
  readonly sealed: (SealedWith & { readonly seal: number }) | undefined;
}

/** One accepted webhook, as kept (`InboxEvent` in the design). */
export interface InboxEvent {
  readonly id: number;
  readonly source: string;
  readonly scope: string;
  readonly event: string | null;
  readonly type: string | null;
  readonly action: string | null;
  readonly state: EventState;
  readonly receivedAt: number;
  readonly finishedAt: number | null;
  readonly body: Uint8Array | null;
  readonly bodySize: number;
  /** The body as parsed, when this process received it a moment ago. */
  readonly document?: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly error: Text | null;
  /** Whom it is about, a row of people; null: nobody, or not known. */
  readonly person: number | null;
}

/** What became of an incoming event. */
export interface Kept {
  /** `full`: the quarantine of its source takes no more; `spooled`: it waits for the database on this machine. */
  readonly outcome: 'accepted' | 'duplicate' | 'full' | 'spooled';
  /** Row id of the event, or of the one it repeats; 0 when it has none. */
  readonly event: number;
  /** The same dedupe key came before with another log id or action. */
  readonly conflicting: boolean;
  /** Whom an accepted event is about. */
  readonly person?: number | null;
}
