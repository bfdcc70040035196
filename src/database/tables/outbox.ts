import type { ColumnType, Generated } from 'kysely';
import type { Fixed, Time } from './column.ts';

/**
 * The queue of one (target, key): the only row that a claim or a settle changes (measured in the design's prototype).
 */
export interface LanesTable {
  readonly id: Generated<number>;
  readonly target: Fixed<string>;
  /** Null: the lane of one delivery that neither waits nor blocks. */
  readonly key: Fixed<string | null>;
  /** Position of the delivery whose turn it is; head > tail: idle. */
  readonly head: number;
  readonly tail: number;
  /** When the head may be tried; null: idle, blocked by a dead letter, or waiting to be mapped again. */
  readonly due_at: Time | null;
  /** 0: nobody holds it. */
  readonly lease_until: ColumnType<Time, Time | undefined, Time>;
  /** The fencing token: grows with every claim and every settle. */
  readonly token: ColumnType<number, number | undefined, number>;
  /** Attempts at the head that count towards the retry schedule and `retry.attempts`. */
  readonly attempts: ColumnType<number, number | undefined, number>;
  /** When the head was first tried, for `giveUp`; null before. */
  readonly tried_since: Time | null;
  /** Attempts at the head in a row that ended with their process, which cost nothing of the budget. */
  readonly interrupted: ColumnType<number, number | undefined, number>;
  /** Milliseconds between the end of the last attempt and `due_at`: one further away is a leap of the clock. */
  readonly wait: ColumnType<number, number | undefined, number>;
  /** Milliseconds of attempts and waits that count towards `retry.giveUp`, the present wait included. */
  readonly spent: ColumnType<number, number | undefined, number>;
  /** Attempts at the head that the target answered with a conflict and that are tried again for it. */
  readonly conflicts: ColumnType<number, number | undefined, number>;
}

/** One record owed to one target. `sending` is no stored state: it is a pending head whose lane is leased. */
export interface DeliveriesTable {
  readonly id: Generated<number>;
  readonly lane_id: Fixed<number>;
  readonly pos: Fixed<number>;
  /** Null: no event caused it, it is an alarm. */
  readonly event_id: Fixed<number | null>;
  readonly mapping: Fixed<string>;
  /** Hash of the mapping content that made the record. */
  readonly mapping_hash: string;
  readonly target: Fixed<string>;
  readonly key: Fixed<string | null>;
  readonly scope: Fixed<string>;
  readonly state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  readonly reason: 'rejected' | 'gave up' | 'unknown outcome' | 'mapping failed' | null;
  /** The mapped document as JSON; null while its mapping has failed. */
  readonly record: string | null;
  readonly idempotency_key: string;
  readonly created_at: Fixed<Time>;
  readonly finished_at: Time | null;
  readonly attempts: ColumnType<number, number | undefined, number>;
  /** A Text as JSON. */
  readonly last_error: string | null;
  /** What earlier attempts achieved, as the adapter saved it, JSON. */
  readonly progress: string | null;
  /** The delivery of the same event and mapping that this one repeats. */
  readonly replay_of: Fixed<number | null>;
  /** Bytes of all exchanges that its attempts keep. */
  readonly attempt_bytes: ColumnType<number, number | undefined, number>;
  /** Findings of its receipt that a person should see, a list of Texts as JSON; null: none. */
  readonly attention: ColumnType<string | null, string | null | undefined, string | null>;
  /** The person and the vacancy it is about, Huntflow's ids; null: none, or not known. */
  readonly applicant: Fixed<string | null>;
  readonly vacancy: Fixed<string | null>;
  /** What its last failure has in common with others; null: none, or it was delivered. */
  readonly cause: string | null;
  /** The delivery whose place in the order it took, and the one that took its own, after an edit. */
  readonly replaces: Fixed<number | null>;
  readonly replaced_by: number | null;
  readonly edited_by: Fixed<string | null>;
  readonly edit_reason: Fixed<string | null>;
  readonly attention_seen_at: ColumnType<Time | null, Time | null | undefined, Time | null>;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
  /** The sealed text of a key that stands in `key` as its hash; null: `key` is the key. */
  readonly key_text: ColumnType<string | null, string | null | undefined, string | null>;
}

/** What failures have in common: written once, with the first of them. */
export interface CausesTable {
  readonly id: Fixed<string>;
  readonly target: Fixed<string>;
  readonly kind: Fixed<'unavailable' | 'rejected' | 'unknown outcome' | 'mapping failed'>;
  readonly code: Fixed<string | null>;
  readonly field: Fixed<string | null>;
  /** A Text as JSON. */
  readonly text: Fixed<string>;
}

/** One try of a delivery; append-only, written in the transaction of the state change it caused. */
export interface AttemptsTable {
  readonly id: Generated<number>;
  readonly delivery_id: Fixed<number>;
  readonly number: Fixed<number>;
  readonly started_at: Fixed<Time>;
  readonly finished_at: Fixed<Time>;
  readonly outcome: Fixed<'delivered' | 'retry' | 'dead' | 'unknown'>;
  /** What the receipt or the error said: a Text as JSON. */
  readonly summary: Fixed<string | null>;
  /** Exchanges on the wire, masked and cut at 8 KB, JSON. */
  readonly exchanges: Fixed<string>;
  /** What the target changed in silence: a list of Texts as JSON. */
  readonly warnings: Fixed<string>;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Values of `once:` that have made their delivery. */
export interface OnceTable {
  readonly mapping: Fixed<string>;
  readonly scope: Fixed<string>;
  readonly value: Fixed<string>;
  readonly event_id: Fixed<number>;
}

/** What a Huntflow entity is called at a target. */
export interface ReferencesTable {
  readonly target: Fixed<string>;
  readonly scope: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly entity: Fixed<string>;
  readonly role: Fixed<string>;
  readonly entity_set: Fixed<string>;
  readonly name: string;
  /** JSON of the adapter's own, beside the name. */
  readonly note: string | null;
  /** Whose it is, a row of `people`; null: nobody's. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Which entity stands for one that Huntflow merged away (facts/huntflow.md 4.7). */
export interface AliasesTable {
  readonly scope: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly entity: Fixed<string>;
  readonly survivor: string;
}
