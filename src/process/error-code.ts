import { property } from './property.ts';
/**
 * `ECONNREFUSED`, `SQLITE_FULL`: the word by which Node and SQLite name what went wrong; undefined when there is none.
 */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? property(error, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The file that a system call stumbled over; undefined when there is none. */
export function errorPath(error: unknown): string | undefined {
  const path: unknown = error instanceof Error ? property(error, 'path') : undefined;
  return typeof path === 'string' ? path : undefined;
}
