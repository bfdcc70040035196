import type { ColumnType } from 'kysely';

/** Milliseconds since 1970. */
export type Time = number;
/** Set once, at insert. */
export type Fixed<T> = ColumnType<T, T, never>;
