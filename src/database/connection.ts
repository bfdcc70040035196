import type { FixedSql } from './fixed-sql.ts';

/** Whatever runs fixed statements: a connection to read over, or one transaction. */
export interface Connection {
  readonly engine: 'sqlite' | 'postgres';
  /** The rows, when the statement gives any. */
  run(sql: FixedSql, values: object): Promise<readonly unknown[]>;
}

/** A connection between `begin` and `commit`. */
export type Transaction = Connection;

/** The values of a statement in the order of its places. */
export function placedValues(names: readonly string[], values: object): unknown[] {
  return names.map((name) => (values as Readonly<Record<string, unknown>>)[name]);
}
