import '../files/schema-words.ts';
import { type AnyObject, array, boolean, type ISchema, mixed, number, object, type ObjectShape, string } from 'yup';

/** A text that is always there. */
export const text = () => string().defined();
export const textOrNull = () => string().nullable().defined();
/** ISO 8601 in UTC. */
export const time = () => string().defined();
export const timeOrNull = () => string().nullable().defined();
export const count = () => number().integer().min(0).defined();
export const countOrNull = () => number().integer().min(0).nullable().defined();
export const id = () => number().integer().min(1).defined();
export const idOrNull = () => number().integer().min(1).nullable().defined();
export const flag = () => boolean().defined();
/** JSON of somebody else's shape. */
export const anything = () => mixed().nullable().defined();
export const listOf = <T>(schema: ISchema<T>) => array<AnyObject, T>(schema).defined();
export const oneOf = <const Word extends string>(words: readonly Word[]) => string().oneOf(words).defined();
/** What an answer holds, and nothing besides. */
export const shape = <Fields extends ObjectShape>(fields: Fields) => object(fields).noUnknown().defined();
/** What a list answers: `next` is a cursor, null at the end. */
export const page = <T>(item: ISchema<T>) => shape({ items: listOf<T>(item), next: textOrNull() });

export function isoTime(milliseconds: number): string;
export function isoTime(milliseconds: number | null): string | null;
export function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
