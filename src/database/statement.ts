import type { FixedSql, PlacedSql } from './fixed-sql.ts';
import type { Connection } from './connection.ts';

/** Runs the statement with its values; a transaction is as good as a connection. */
export type Statement<Values, Row> = (on: Connection, values: Values) => Promise<readonly Row[]>;

/**
 * A statement that is always the same: SQL in which `:name` stands for a value, with a text for each database where one
 * does not fit both. What its rows are is said by whoever writes the text: no compiler looks into it, the conformance
 * suites run every one of them on both.
 *
 * SQLite plans anew at every run when a bare `:name` meets an ORDER BY, a LIMIT or the condition of a partial index, to
 * look into the value: 250 µs for a claim of 50 (measured). `cast(:name as bigint)` keeps it out.
 */
export function statement<Values extends object, Row = unknown>(
  text: string | { readonly sqlite: string; readonly postgres: string },
): Statement<Values, Row> {
  const { sqlite, postgres } = typeof text === 'string' ? { sqlite: text, postgres: text } : text;
  const fixed: FixedSql = { sqlite: placed(sqlite, () => '?'), postgres: placed(postgres, (place) => `$${place}`) };
  return (on, values) => on.run(fixed, values) as Promise<readonly Row[]>;
}

/** `:name`, but not the `::` of a cast. */
const parameter = /(?<!:):([a-z]\w*)/gi;

function placed(text: string, place: (number: number) => string): PlacedSql {
  const names: string[] = [];
  return {
    text: text.replaceAll(parameter, (_match, name: string) => place(names.push(name))),
    names,
  };
}
