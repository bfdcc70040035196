import type BetterSqlite from 'better-sqlite3';
import { type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';

/** Kysely over an open file: lists over one that can only read, migrations over one that writes. */
export function sqliteDialect(open: () => BetterSqlite.Database): Dialect {
  const dialect = new SqliteDialect({
    database: async () => {
      const database = open();
      return { prepare: (sql) => database.prepare(asMeant(sql, database)), close: () => void database.close() };
    },
  });
  dialect.createAdapter = () => new TransactionalAdapter();
  return dialect;
}

/**
 * Kysely begins plain transactions, which fail when they write after another process did; and a full disk ends one by
 * itself, so that the rollback after it would hide why.
 */
function asMeant(sql: string, database: BetterSqlite.Database): string {
  if (sql === 'begin') return 'begin immediate';
  return sql === 'rollback' && !database.inTransaction ? 'select 1 where 0' : sql;
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
