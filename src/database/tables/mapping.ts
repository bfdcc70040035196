import type { Fixed, Time } from './column.ts';

/** Each mapping content that was ever in use, once. */
export interface MappingVersionsTable {
  readonly hash: Fixed<string>;
  readonly mapping: Fixed<string>;
  /** The file's text and its dictionaries, JSON. */
  readonly content: Fixed<string>;
  readonly created_at: Fixed<Time>;
}

/** The last good version of each mapping file. */
export interface MappingFilesTable {
  /** The file's name within the folder. */
  readonly file: Fixed<string>;
  readonly mapping: string;
  readonly hash: string;
}

/** Events that a mapping without any good version did not see. */
export interface MappingGapsTable {
  readonly mapping: Fixed<string>;
  readonly first_event: Fixed<number>;
  readonly last_event: number;
  readonly events: number;
}

/** A stage that events of a source have named. */
export interface StagesTable {
  readonly source: Fixed<string>;
  /** Huntflow's id of it. */
  readonly stage: Fixed<string>;
  readonly name: string;
  readonly events: number;
  /** How many of them carried hired_in_fill_quota: only the stage of type `hired` does (facts/huntflow.md 4.2). */
  readonly hires: number;
  readonly last_at: Time;
}
