import type { Text } from '../text.ts';

export const bulkActions = ['retry', 'cancel', 'remap', 'replay'] as const;
export type BulkAction = (typeof bulkActions)[number];
export const bulkStates = ['previewed', 'running', 'done', 'aborted'] as const;
type BulkState = (typeof bulkStates)[number];

/** One action over a fixed set of deliveries. Times are milliseconds since 1970. */
export interface Bulk {
  readonly id: number;
  readonly action: BulkAction;
  /** What was asked for: ids, no names. */
  readonly filter: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly state: BulkState;
  /** Rows a minute at most; null: as fast as it goes. */
  readonly pace: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly left: number;
}

export interface BulkRow {
  readonly delivery: number;
  readonly state: 'left' | 'done' | 'failed';
  readonly why: Text | null;
}

/** What a bulk would do, before anybody says yes. */
export interface Preview {
  readonly bulk: number;
  /** Counting stops at 1,001; the bulk itself has them all. */
  readonly deliveries: number;
  readonly people: number;
  /** Rows that were fixed. */
  readonly total: number;
  readonly oldest: number;
  readonly newest: number;
}

/** A preview that nobody has answered for so long is over; milliseconds. */
export const previewTime = 900_000;
