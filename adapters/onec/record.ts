import { array, boolean, lazy, mixed, object, type Schema, string, type TestContext, ValidationError } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { isEntity } from './difference.ts';
import { nearestName } from './nearest-name.ts';

/** A record of design 7: ordered steps over catalogs, documents and independent information registers. */
export interface OneCRecord {
  readonly steps: readonly (StepRecord | null)[];
}

export type Verb = 'upsert' | 'create' | 'draft' | 'withdraw';
export const verbs = ['upsert', 'create', 'draft', 'withdraw'] as const;

export interface StepRecord {
  /** The set, under exactly one verb. */
  readonly upsert?: string | null;
  readonly create?: string | null;
  readonly draft?: string | null;
  readonly withdraw?: string | null;
  readonly as?: string | null;
  readonly of?: OfRecord | null;
  readonly match?: readonly (readonly string[])[] | null;
  readonly marker?: string | null;
  readonly fields?: FieldRecord | null;
  readonly rows?: Readonly<Record<string, SectionRecord | null>> | null;
  readonly keys?: FieldRecord | null;
  readonly post?: boolean | null;
}

export interface OfRecord {
  readonly kind: string;
  readonly id?: string | number | null;
  readonly role?: string | null;
}

export type FieldRecord = Readonly<Record<string, FieldValue>>;
export type FieldValue = null | string | number | boolean | { readonly ref: string } | FindRecord | { readonly empty: true };

export interface FindRecord {
  readonly find: string;
  readonly by: FieldRecord;
  readonly missing?: 'reject' | 'empty' | null;
}

export type SectionRecord = readonly (FieldRecord | null)[] | { readonly by: readonly string[]; readonly set: readonly (FieldRecord | null)[] };

export function isFind(value: unknown): value is FindRecord {
  return isEntity(value) && typeof value['find'] === 'string' && isEntity(value['by']);
}

export function isRef(value: unknown): value is { readonly ref: string } {
  return isEntity(value) && typeof value['ref'] === 'string';
}

const text = (): Schema => string().strict().nullable();
const scalar = mixed().test('scalar', both('здесь нужны текст, число или true/false', 'this must be a text, a number or true/false'),
  (value) => value === undefined || value === null || typeof value !== 'object');

const fieldSchema: Schema = lazy((value: unknown) => {
  if (!isEntity(value)) return scalar;
  if ('ref' in value) return object({ ref: string().strict().required() }).noUnknown();
  if ('find' in value) {
    return object({ find: string().strict().required(), by: fieldsSchema.required(), missing: string().strict().nullable().oneOf(['reject', 'empty', null]) }).noUnknown();
  }
  if ('empty' in value) return object({ empty: boolean().strict().oneOf([true]).required() }).noUnknown();
  return mixed().test('value', both('здесь нужны значение, { ref: имя }, { find: Набор, by: {…} } или { empty: true }',
    'this must be a value, { ref: name }, { find: Set, by: {…} } or { empty: true }'), () => false);
}) as never;

const fieldsSchema = mixed().test('fields', both('здесь нужен набор «поле: значение»', 'this must be a set of `field: value`'), eachField);
