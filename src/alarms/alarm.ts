import type { AlarmKind } from '../config/alarm-rules.ts';
import type { Text } from '../text.ts';

/** Something that stands wrong now. */
export interface Sighting {
  /** What makes two sightings one: `dead/4f…`, `resting/zup`. */
  readonly cause: string;
  readonly kind: AlarmKind;
  /** The target, source, file or folder that it is about; null: none in particular. */
  readonly subject: string | null;
  /** What happened, to what, what to do; no names, no values. */
  readonly text: Text;
  /** How much of it there is. */
  readonly count: number;
}

/** `raised` and `reminded` while it stands, then `over`. */
export type AlarmState = 'raised' | 'reminded' | 'over';

/** What somebody was last told of an alarm. */
export interface Told {
  readonly at: number;
  readonly state: AlarmState;
}

/** A sighting that is kept: one open row for each cause. Times are milliseconds since 1970. */
export interface Alarm extends Sighting {
  readonly id: number;
  readonly raisedAt: number;
  readonly overAt: number | null;
  /** Over, and everybody who was told of it knows. */
  readonly settled: boolean;
  /** By rule. */
  readonly told: Readonly<Record<string, Told>>;
}

/** A cause that has come back so often within the hour is told of only when it stays. */
export const mostAnHour = 3;
export const hour = 3_600_000;
