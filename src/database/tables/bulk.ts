import type { Generated } from 'kysely';
import type { Fixed, Time } from './column.ts';

/** One action over a fixed set of deliveries. */
export interface BulksTable {
  readonly id: Generated<number>;
  readonly action: Fixed<'retry' | 'cancel' | 'remap' | 'replay'>;
  /** What was asked for, JSON; ids, no names. */
  readonly filter: Fixed<string>;
  readonly by: Fixed<string>;
  readonly state: 'previewed' | 'running' | 'done' | 'aborted';
  /** Rows a minute at most; null: as fast as it goes. */
  readonly pace: Fixed<number | null>;
  readonly created_at: Fixed<Time>;
  /** Its next rows are not done before. */
  readonly next_at: Time;
  readonly finished_at: Time | null;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** A delivery of a bulk, in the order received, with what became of it. */
export interface BulkRowsTable {
  readonly bulk_id: Fixed<number>;
  readonly pos: Fixed<number>;
  readonly delivery_id: Fixed<number>;
  readonly state: 'left' | 'done' | 'failed';
  /** A Text as JSON: why it was not done. */
  readonly why: string | null;
}
