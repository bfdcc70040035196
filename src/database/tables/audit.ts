import type { Fixed, Time } from './column.ts';

/** Who did what; append-only. */
export interface AuditTable {
  readonly seq: Fixed<number>;
  readonly at: Fixed<Time>;
  readonly who: Fixed<string>;
  readonly place: Fixed<string>;
  readonly action: Fixed<string>;
  /** JSON: on what, as kind/id. */
  readonly ids: Fixed<string>;
  readonly hash: Fixed<string>;
  readonly key_id: Fixed<string>;
}

/** How far somebody has come who reads a table along. */
export interface CursorsTable {
  readonly name: Fixed<string>;
  readonly place: number;
}
