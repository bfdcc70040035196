import type { Json } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import type { Path } from '../../files/validation.ts';
import type { MapOutcome } from './outcome.ts';

/** How a record came about, field by field. Values are personal data: masked before anybody sees them. */
export interface Explanation {
  readonly outcome: MapOutcome;
  /**
   * `when`, `key` and `once` as far as the mapping has them, then every field of the record, also when one of them
   * failed.
   */
  readonly fields: readonly FieldExplanation[];
}

export interface FieldExplanation {
  /** `['when']`, or `['record', 'Фамилия']`. */
  readonly path: Path;
  readonly origin: 'constant' | 'formula' | 'conversion';
  /** As written, with its `=`; for a conversion that of `from`. */
  readonly formula: string | undefined;
  /** What a conversion began with. */
  readonly from: Json | undefined;
  /** What it went through, e.g. `lookup divisions`, `as date`, `max 100`. */
  readonly steps: readonly string[];
  /** Null for no value; undefined when it failed. */
  readonly value: Json | undefined;
  readonly failure: Text | undefined;
}
