import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { runDirectly } from './sqlite/dialect.ts';

/** Stands for a value that is put in at run time. */
class Parameter {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Runs the compiled query with its values; a transaction is as good as the database itself. */
export type Statement<Values, Row> = (executor: Kysely<Tables>, values: Values) => Promise<readonly Row[]>;

/**
 * A query compiled once per database: compiling costs Kysely more than SQLite takes to run the statement.
 * `build` gets the query builder and a function that stands for each value.
 */
export function statement<Values extends object, Row = unknown>(
  build: (
    builder: Kysely<Tables>,
    value: <Name extends keyof Values & string>(name: Name) => Values[Name],
  ) => Compilable<Row>,
): Statement<Values, Row> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (executor, values) => {
    const dialect = executor.getExecutor().adapter.constructor;
    let query = compiled.get(dialect);
    if (query === undefined) {
      query = build(executor, (name) => new Parameter(name) as unknown as Values[typeof name]).compile();
      compiled.set(dialect, query);
    }
    const named = values as Readonly<Record<string, unknown>>;
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Parameter ? named[parameter.name] : parameter,
    );
    const direct = runDirectly(executor, query, parameters);
    if (direct !== undefined) return direct as readonly Row[];
    const { rows } = await executor.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}

/**
 * A parameter that SQLite does not look into while it plans. Of a bare one that meets an ORDER BY, a LIMIT or the
 * condition of a
 * partial index it wants to know the value, and plans the statement anew at every run: 250 µs for a claim of 50
 * (measured).
 */
export function steady<Value>(value: Value, type: 'bigint' | 'text'): RawBuilder<Value> {
  return sql<Value>`cast(${value} as ${sql.raw(type)})`;
}
