import type BetterSqlite from 'better-sqlite3';
import { type Connection, placedValues } from '../connection.ts';
import type { FixedSql } from '../fixed-sql.ts';

const cacheSize = 500;

/** Prepares each statement once: preparing it anew halves the speed of the hot path (measured). */
export class SqliteConnection implements Connection {
  readonly engine = 'sqlite';
  readonly #database: BetterSqlite.Database;
  readonly #statements = new Map<string, BetterSqlite.Statement>();

  constructor(database: BetterSqlite.Database) {
    this.#database = database;
  }

  async run({ sqlite: { text, names } }: FixedSql, values: object): Promise<readonly unknown[]> {
    const statement = this.#prepare(text);
    const placed = placedValues(names, values);
    if (statement.reader) return statement.all(placed);
    // A vacuum gives one page back with each step, and `run` takes one step.
    if (text.startsWith('pragma incremental_vacuum')) this.#database.exec(text);
    else statement.run(placed);
    return [];
  }

  /** Takes the lock at once: a transaction that begins as a reader fails when it writes after somebody else did. */
  begin(): void {
    this.#prepare('begin immediate').run();
  }

  commit(): void {
    this.#prepare('commit').run();
  }

  rollback(): void {
    // A full disk ends the transaction by itself; a rollback after it would hide why.
    if (this.#database.inTransaction) this.#prepare('rollback').run();
  }

  /** False: somebody reads what is in the log, or writes. */
  checkpoint(): boolean {
    if (this.#database.inTransaction) return false;
    const [row] = this.#database.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    return row?.busy === 0;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(text: string): BetterSqlite.Statement {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#database.prepare(text);
      if (this.#statements.size >= cacheSize) this.#statements.clear();
      this.#statements.set(text, statement);
    }
    return statement;
  }
}
