import { adapterErrorKind } from '../../src/adapter.ts';
import { diskError } from '../../src/toolkit.ts';

/** What a failure means for people; one that says so itself stays as it is. */
export function failureOf(error: unknown, where: string): Error {
  return error instanceof Error && adapterErrorKind(error) !== undefined ? error : diskError(error, where);
}
