import type { AdapterTools, DeliveryContext } from '../../src/adapter.ts';
import type { Entities } from './entities.ts';
import type { Line } from './infobase.ts';
import type { Looked } from './looked.ts';
import type { Metadata } from './metadata.ts';
import type { PlannedStep } from './planned.ts';
import type { Progress } from './progress.ts';
import type { Resolution } from './resolution.ts';

/** Everything the steps of one delivery share. */
export interface DeliveryRun {
  readonly delivery: DeliveryContext;
  readonly entities: Entities;
  readonly attachment: AdapterTools['attachment'];
  readonly line: Line;
  readonly progress: Progress;
  readonly resolution: Resolution;
  readonly steps: readonly PlannedStep[];
  readonly metadata: Metadata;
  /** What the questions before the first write have found, by step. */
  readonly looked: Map<number, Looked>;
  /**
   * Whether 1C took the key we gave, by set, as seen since the start: if so, an object cannot be made twice
   * (facts/1c.md 1.7, code 15).
   */
  readonly keepsKeys: Map<string, boolean>;
  /** Template of the marker. */
  readonly marker: string;
  /** Milliseconds. */
  readonly settle: number;
  readonly now: () => number;
}
