import type { ColumnType, Generated } from 'kysely';
import type { Fixed, Time } from './column.ts';

/**
 * One accepted webhook. Its state: received → mapped, skipped (no mapping wanted it) or failed (its body cannot be
 * read); quarantined → received or failed, when somebody admits what nobody had signed rightly.
 */
export interface EventsTable {
  readonly id: Generated<number>;
  readonly source: Fixed<string>;
  readonly scope: Fixed<string>;
  /** Huntflow's event type (`APPLICANT`), from the body or else the header; null when neither says. */
  readonly event: Fixed<string | null>;
  readonly type: Fixed<string | null>;
  readonly action: Fixed<string | null>;
  readonly state: 'received' | 'mapped' | 'skipped' | 'failed' | 'quarantined';
  readonly received_at: Fixed<Time>;
  readonly finished_at: Time | null;
  /** The bytes as they came; null when they were over the limit. */
  readonly body: Uint8Array | null;
  readonly body_size: Fixed<number>;
  /** The X-Huntflow-* headers as JSON, without the signature. */
  readonly headers: Fixed<string>;
  /** A Text as JSON: why it failed. */
  readonly error: string | null;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Dedupe keys; they outlive their events. A second variant (log id and action) of one key is an event of its own. */
export interface EventKeysTable {
  readonly key: Fixed<string>;
  readonly variant: Fixed<string>;
  readonly event_id: number;
}
