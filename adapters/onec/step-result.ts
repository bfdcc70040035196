import type { Text } from '../../src/adapter.ts';
import type { Deed } from './progress.ts';

export interface StepResult {
  readonly did: Deed;
  /** Ref_Key; empty when the step left no object. */
  readonly key: string;
  /** New in 1C by this attempt. */
  readonly fresh: boolean;
  readonly warnings: readonly Text[];
}
