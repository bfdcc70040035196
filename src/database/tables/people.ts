import type { Generated } from 'kysely';
import type { Fixed, Time } from './column.ts';

/** An applicant of a scope. Known, merged into another, or forgotten: then nothing but the row is left. */
export interface PeopleTable {
  readonly id: Generated<number>;
  readonly scope: Fixed<string>;
  /** Huntflow's id; null once forgotten. */
  readonly applicant: string | null;
  /** A Profile as JSON, as Huntflow last told it. */
  readonly profile: string | null;
  /** A term over the whole profile: another one is another profile. */
  readonly digest: number | null;
  /** The number of the person's data key, which may be destroyed; null: nothing was ever sealed. */
  readonly key: number | null;
  /** The one who stands for it since Huntflow merged both: never itself merged. */
  readonly merged_into: number | null;
  readonly created_at: Fixed<Time>;
  readonly forgotten_at: Time | null;
}

/** The blind index: which people have a word, the beginning of one, a mail address, a phone. */
export interface PersonTermsTable {
  readonly term: Fixed<number>;
  readonly person: Fixed<number>;
}

/** Keys of what is about nobody, by month (`2026-11`). */
export interface MonthKeysTable {
  readonly month: Fixed<string>;
  readonly key: Fixed<number>;
}

/** The proof that somebody was forgotten; kept for three years. */
export interface ForgettingsTable {
  readonly id: Generated<number>;
  readonly scope: Fixed<string>;
  /** Huntflow's ids, rows of people, and names of stored files: lists as JSON. */
  readonly applicants: Fixed<string>;
  readonly people: Fixed<string>;
  readonly files: Fixed<string>;
  readonly by: Fixed<string>;
  readonly marked_at: Fixed<Time>;
  readonly finished_at: Time | null;
  /** What was erased, by kind, JSON. */
  readonly counts: string | null;
  /** What the audit said of it, JSON. */
  readonly extract: string | null;
  /** Where their records had gone, JSON. */
  readonly sent: string | null;
}

/** What sealing keeps beside the data: the check value of its keys, how far an upgrade has come. */
export interface PrivacyTable {
  readonly name: Fixed<string>;
  readonly value: string;
}
