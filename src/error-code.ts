/** `ECONNREFUSED`, `SQLITE_FULL`: the word by which Node and SQLite name what went wrong; undefined when there is none. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}
