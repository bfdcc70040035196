import type { Generated } from 'kysely';
import type { Fixed, Time } from './column.ts';

/** What people must hear of. One that is not settled is open, or somebody is still to be told that it is over. */
export interface AlarmsTable {
  readonly id: Generated<number>;
  readonly cause: Fixed<string>;
  readonly kind: Fixed<string>;
  /** The target, source, file or folder that it is about. */
  readonly subject: Fixed<string | null>;
  /** A Text as JSON. */
  readonly text: string;
  readonly count: number;
  readonly raised_at: Fixed<Time>;
  readonly over_at: Time | null;
  readonly settled: number;
  /** Who was told what and when, JSON. */
  readonly told: string;
}

/** What an instance sees that others cannot: its disk, its clock, its mapping files. */
export interface SightingsTable {
  readonly instance: Fixed<string>;
  readonly cause: Fixed<string>;
  /** JSON. */
  readonly sighting: string;
  readonly seen_at: Time;
}

/** How the webhook of a source fares. */
export interface WebhooksTable {
  readonly source: Fixed<string>;
  /** When one was last taken. */
  readonly last_at: Time | null;
  /** Since then: refused for their signature, answered 503, the first and the last of them. */
  readonly unsigned: number;
  readonly unkept: number;
  readonly refused_since: Time | null;
  readonly refused_at: Time | null;
  /** When one came that Huntflow had sent before, and how often it had (meta.retry). */
  readonly retried_at: Time | null;
  readonly retry: number | null;
}

/** How many events a source sent in an hour, counted from 1970. */
export interface WebhookHoursTable {
  readonly source: Fixed<string>;
  readonly hour: Fixed<number>;
  readonly events: number;
}
