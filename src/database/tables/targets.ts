import type { ColumnType } from 'kysely';
import type { Fixed, Time } from './column.ts';

/** What every process must know about a target: a person's pause, the breaker's rest, what the target holds. */
export interface TargetsTable {
  readonly name: Fixed<string>;
  readonly paused_at: Time | null;
  /** Failures to reach the target in a row, and since when. */
  readonly failures: number;
  readonly failing_since: ColumnType<Time | null, Time | null | undefined, Time | null>;
  /** The breaker rests until then; null while it is closed. */
  readonly resting_until: Time | null;
  /** How long the present rest lasts, doubled with every failed probe. */
  readonly rest: number;
  /** 1: it rests because the target asked for it. */
  readonly held: ColumnType<number, number | undefined, number>;
  /** Names of the adapter's own that are held, JSON. */
  readonly holds: ColumnType<string | null, string | null | undefined, string | null>;
  /** Of a pause: who, and in his words why, sealed where a key is; null: nobody said, or it is not paused. */
  readonly paused_by: ColumnType<string | null, string | null | undefined, string | null>;
  readonly paused_reason: ColumnType<string | null, string | null | undefined, string | null>;
}
