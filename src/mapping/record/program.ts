import type { Json } from '../../huntflow/json.ts';
import type { MapTemplate, ScalarTemplate } from './template.ts';

/** What the worker thread needs of a mapping: plain data, sent once for each version of a file. */
export interface Program {
  readonly when: ScalarTemplate | undefined;
  readonly key: ScalarTemplate | undefined;
  readonly once: ScalarTemplate | undefined;
  readonly record: MapTemplate;
  /** The dictionaries that `lookup` names, by name. */
  readonly dictionaries: ReadonlyMap<string, ReadonlyMap<string, Json>>;
  /** IANA name of the configured zone. */
  readonly zone: string;
  /** Template of `$candidateLink()`; undefined: Huntflow's own form. */
  readonly candidateLink: string | undefined;
}
