import type { Schema } from 'yup';
import { type Problem, validate } from '../files/validation.ts';

/** What a target would not take of a record; nothing is known of a target that is gone. */
export function recordFaults(schema: Schema | undefined, record: unknown): readonly Problem[] {
  return schema === undefined ? [] : validate(schema, record).problems;
}
