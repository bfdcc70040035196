import { Kysely } from 'kysely';
import type { Executor, Transaction } from './executor.ts';
import { migrate } from './migrate.ts';
import { Pooler } from './postgres/pooler.ts';
import { postgresDialect } from './postgres/dialect.ts';
import type { Procedure } from './procedure.ts';
import type { Tables } from './schema.ts';
import { type Signal, Signals } from './postgres/signals.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { sqliteFile } from './url.ts';
import { WriterThread } from './sqlite/writer-thread.ts';

/** What is worth knowing of the connections to PostgreSQL. */
export interface ConnectionNews {
  /** One broke while nobody used it. */
  readonly lost?: (error: Error) => void;
  /** There is a pooler before the server, of which the URL says nothing. */
  readonly pooled?: () => void;
}

/**
 * The one store of the road: inbox and outbox are tables of the same database, so that one transaction can link them.
 */
export class Database {
  readonly queries: Executor;
  /** The file of an SQLite database, which one process serves; undefined for PostgreSQL, which several may share. */
  readonly file: string | undefined;
  readonly #listeners = new Set<(signal: Signal) => void>();
  readonly #signals: Signals | undefined;
  /** Of a process that serves an SQLite file. */
  #writer: WriterThread | undefined;

  /** `sqlite:<path>` or `postgres://…`; nothing is opened before the first query. */
  constructor(url: string, { lost = () => undefined, pooled = () => undefined }: ConnectionNews = {}) {
    this.file = sqliteFile(url);
    if (this.file === undefined) {
      const pooler = new Pooler(url, pooled);
      this.queries = new Kysely<Tables>({ dialect: postgresDialect(url, pooler, lost) });
      this.#signals = new Signals(url, pooler, (signal) => this.#hear(signal));
    } else {
      this.queries = new Kysely<Tables>({
        dialect: sqliteDialect(this.file, async () => this.#writer?.takeTurn() ?? (() => undefined)),
      });
    }
  }

  /** Brings the schema up to date; throws when the database was written by a newer version. */
  async migrate(): Promise<void> {
    await migrate(this.queries);
  }

  /** Does it in a transaction, perhaps together with others; committed when it resolves. */
  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    return this.#writer === undefined
      ? this.transaction((transaction) => procedure.run(transaction, values))
      : this.#writer.call(procedure, values);
  }

  /** Never hold one across a network call, nor call a procedure within one. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.queries.transaction().execute(work);
  }

  /**
   * For a process that stays: from now on other processes of a PostgreSQL database are heard, and an SQLite file is
   * written in a thread of its own.
   */
  serve(): void {
    this.#signals?.start();
    if (this.file !== undefined) this.#writer ??= new WriterThread(this.file);
  }

  onSignal(listener: (signal: Signal) => void): void {
    this.#listeners.add(listener);
  }

  /** Tells this process at once and the others soon. */
  signal(signal: Signal): void {
    this.#hear(signal);
    this.#signals?.send(signal);
  }

  async close(): Promise<void> {
    await this.#signals?.close();
    await this.#writer?.close();
    await this.queries.destroy();
  }

  #hear(signal: Signal): void {
    for (const listener of this.#listeners) listener(signal);
  }
}
