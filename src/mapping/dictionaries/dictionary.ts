import type { Fault } from '../../files/fault.ts';
import type { Json } from '../../huntflow/json.ts';

/** Values by key, for `lookup`. */
export type Dictionary = ReadonlyMap<string, Json>;

export interface DictionaryReading {
  readonly entries: Dictionary;
  readonly faults: readonly Fault[];
}
