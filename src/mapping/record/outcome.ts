import type { JsonObject } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';

/** What became of one event under one mapping. `key` orders the delivery, null: nothing does. */
export type MapOutcome =
  | {
      readonly outcome: 'record';
      readonly record: JsonObject;
      readonly key: string | null;
      readonly once: string | null;
    }
  | { readonly outcome: 'skipped' }
  | FailedOutcome;

/**
 * The sentence names the field and never a value. The key is known even so, to keep the dead letter in its place in the
 * order.
 */
export interface FailedOutcome {
  readonly outcome: 'failed';
  readonly text: Text;
  /** It was stopped over its deadline: on another day it may be quick enough. */
  readonly slow?: boolean;
  readonly key: string | null;
}
