import BetterSqlite from 'better-sqlite3';
import { type CompiledQuery, type Dialect, type DialectAdapter, type Kysely, SqliteAdapter } from 'kysely';
import { makePrivately } from './private-file.ts';
import { PatientSqliteDialect, type TakeTurn } from './patience.ts';
import type { Tables } from '../schema.ts';

/**
 * WAL with synchronous=FULL: a commit has reached the disk when it returns. Two traps are closed here: Kysely begins
 * plain
 * transactions, which fail with SQLITE_BUSY_SNAPSHOT when they write after another process did, and prepares every
 * statement anew, which halves the speed of the hot path. `takeTurn`: asked before each write, when others of this
 * process write too.
 */
export function sqliteDialect(path: string, takeTurn?: TakeTurn): Dialect {
  const dialect = new PatientSqliteDialect(
    {
      database: async () => {
        const database = cachedStatements(openPrivately(path));
        shortcuts.set(adapter, database);
        return database;
      },
    },
    takeTurn,
  );
  const adapter = new TransactionalAdapter();
  dialect.createAdapter = () => adapter;
  return dialect;
}

/**
 * SQLite rolls back a changed schema like anything else, but Kysely does not count on it: a first start that is killed
 * would leave half a schema for ever.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const shortcuts = new WeakMap<DialectAdapter, ReturnType<typeof cachedStatements>>();

/**
 * Runs a statement without Kysely's round through the executor, which costs more than SQLite does (measured: 15 of 20
 * µs), when
 * nothing has to be waited for: a transaction has its lock since BEGIN, and a read outside of one needs none. Undefined
 * otherwise.
 */
export function runDirectly(
  executor: Kysely<Tables>,
  query: CompiledQuery,
  parameters: readonly unknown[],
): readonly unknown[] | undefined {
  const database = shortcuts.get(executor.getExecutor().adapter);
  const statement = database?.prepare(query.sql);
  if (database === undefined || statement === undefined) return undefined;
  if (!executor.isTransaction && (!statement.readonly || database.inTransaction())) return undefined;
  if (statement.reader) return statement.all(parameters);
  statement.run(parameters);
  return [];
}

export function openPrivately(path: string): BetterSqlite.Database {
  makePrivately(path);
  const database = new BetterSqlite(path, { timeout: 5000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  // Two connections of a serving process have one each; the operating system keeps the file as well.
  database.pragma('cache_size = -8000');
  database.pragma('journal_size_limit = 67108864');
  database.pragma('busy_timeout = 0'); // from here on whoever waits does so without stopping the process
  return database;
}

const cacheSize = 500;

function cachedStatements(database: BetterSqlite.Database) {
  const statements = new Map<string, BetterSqlite.Statement>();
  return {
    inTransaction: () => database.inTransaction,
    close: () => {
      statements.clear();
      database.close();
    },
    prepare: (sql: string) => {
      // A full disk ends the transaction by itself; the rollback after it would hide why.
      const text =
        sql === 'begin' ? 'begin immediate' : sql === 'rollback' && !database.inTransaction ? 'select 1 where 0' : sql;
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = database.prepare(text);
        if (statements.size >= cacheSize) statements.clear();
        statements.set(text, statement);
      }
      return statement;
    },
  };
}
