import type { Text } from '../text.ts';
import type { LineAMinute } from './line-a-minute.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Minutes } from './minutes.ts';

/** What all that is reported goes through. */
export interface ReportParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly minutes: Minutes;
  /** For what strangers can cause. */
  readonly strangers: LineAMinute;
  readonly now: () => number;
  /** What an error of the database means, and what to do. */
  readonly whyUnavailable: (error: unknown) => Text | undefined;
}
