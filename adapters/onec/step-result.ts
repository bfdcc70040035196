import type { Text } from '../../src/adapter.ts';
import type { Entity } from './difference.ts';
import type { Deed } from './progress.ts';
import type { Standing } from './standing.ts';

export interface StepResult {
  readonly did: Deed;
  /** Ref_Key; empty when the step left no object. */
  readonly key: string;
  /** New in 1C by this attempt. */
  readonly fresh: boolean;
  readonly warnings: readonly Text[];
  /** What somebody has to see although the object is there. */
  readonly attention?: readonly Text[];
  /** Whose the object is after the step; registers have none. */
  readonly standing?: Standing;
  /** The object as 1C holds it, where it was read or written. */
  readonly entity?: Entity;
}
