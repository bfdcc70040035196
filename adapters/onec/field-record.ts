import { isEntity } from './difference.ts';
import type { Scalar } from './wire-value.ts';

/** What an object stands for; its id is null when a formula found none. */
export interface EntityOf {
  readonly kind: string;
  readonly id?: string | number | null;
  readonly role?: string | null;
}

export type FieldRecord = Readonly<Record<string, FieldValue | undefined>>;

/** null: not sent. */
export type FieldValue = null | Scalar | RefRecord | FindRecord | EmptyRecord | FileRecord;

/** The object of an earlier step. */
export interface RefRecord {
  readonly ref: string;
}

/** An object that people keep in 1C, such as a position. */
export interface FindRecord {
  readonly find: string;
  readonly by: FieldRecord;
  /** reject by default; empty: the field is left alone, which is reported. */
  readonly missing?: 'reject' | 'empty' | null;
}

/** Clears the field. */
export interface EmptyRecord {
  readonly empty: true;
}

/** A file of Huntflow's, for a value storage; a formula that found none leaves null. */
export interface FileRecord {
  readonly file: string | number | null;
  readonly name?: string | null;
}

/** A list replaces the section, with `by` rows are merged by these columns. */
export type SectionRecord = Rows | { readonly by: readonly string[]; readonly set: Rows };
type Rows = readonly (FieldRecord | null)[];

export function isRef(value: FieldValue): value is RefRecord {
  return isEntity(value) && 'ref' in value;
}

export function isFind(value: FieldValue): value is FindRecord {
  return isEntity(value) && 'find' in value;
}

export function isFile(value: FieldValue): value is FileRecord {
  return isEntity(value) && 'file' in value;
}

export function isClear(value: FieldValue): value is EmptyRecord {
  return isEntity(value) && 'empty' in value;
}
