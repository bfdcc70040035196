import { randomUUID } from 'node:crypto';
import type BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Executor } from '../executor.ts';
import { migrate } from '../migrate.ts';
import { errorCode } from '../../process/error-code.ts';
import { isLocked } from '../outage.ts';
import { vacuumStep } from './vacuum.ts';
import type { Procedure, Writer } from '../procedure.ts';
import type { Tables } from '../schema.ts';
import { SqliteConnection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { rewrite, openToRead, openToWrite } from './open.ts';
import { markServing, overtakenCode } from './serving-mark.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type { WriterStart } from './wire.ts';

/** How long a start waits for another process to end its write, milliseconds. */
const migrationPatience = 5000;
const migrationPause = 20;

interface SqliteEngineOptions {
  readonly startWriter?: ((start: WriterStart) => Writer) | undefined;
  /** Another process serves the file by now. */
  readonly overtaken?: () => void;
}

/** Given back in one transaction. */
const vacuumPages = 200;

/**
 * An SQLite file: one connection to read, and one writer, in this thread for a command and in a thread of its own for a
 * process that serves.
 */
export class SqliteEngine implements Engine {
  readonly queries: Executor;
  readonly #path: string;
  readonly #options: SqliteEngineOptions;
  #database: BetterSqlite.Database | undefined;
  #reads: SqliteConnection | undefined;
  #writer: Writer | undefined;
  #server: string | undefined;
  #serving = false;
  #closed = false;

  constructor(path: string, options: SqliteEngineOptions = {}) {
    this.#path = path;
    this.#options = options;
    this.queries = new Kysely<Tables>({ dialect: sqliteDialect(() => this.#opened) });
  }

  get reads(): SqliteConnection {
    return (this.#reads ??= new SqliteConnection(this.#opened));
  }

  get #opened(): BetterSqlite.Database {
    return (this.#database ??= openToRead(this.#path));
  }

  async migrate(): Promise<void> {
    const until = performance.now() + migrationPatience;
    const queries = new Kysely<Tables>({ dialect: sqliteDialect(() => openToWrite(this.#path)) });
    try {
      for (;;) {
        try {
          await migrate(queries);
          return;
        } catch (error) {
          const cause: unknown = error instanceof Error ? error.cause : undefined;
          if (!isLocked(cause) || performance.now() >= until) throw error;
          await new Promise((resolve) => setTimeout(resolve, migrationPause));
        }
      }
    } finally {
      await queries.destroy();
    }
  }

  async call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    try {
      return await this.#openWriter().call(procedure, values);
    } catch (error) {
      if (errorCode(error) === overtakenCode) this.#options.overtaken?.();
      throw error;
    }
  }

  async reclaim(signal: AbortSignal, breath: number): Promise<void> {
    while (!signal.aborted && (await this.call(vacuumStep, vacuumPages)) > 0)
      await new Promise((resolve) => setTimeout(resolve, breath));
    await this.truncateLog(signal);
  }

  async takeOver(): Promise<void> {
    const server = randomUUID();
    await this.call(markServing, server);
    const before = this.#writer;
    this.#writer = undefined;
    this.#server = server;
    await before?.close();
  }

  /** From here on the thread writes; this thread's own connections read. */
  async serve(): Promise<void> {
    if (this.#serving || this.#options.startWriter === undefined) return;
    this.#serving = true;
    const before = this.#writer;
    this.#writer = this.#options.startWriter({ path: this.#path, server: this.#server });
    await before?.close();
    // Open before webhooks come, so that the file is held whatever becomes of the thread.
    void this.reads;
  }

  /** By the writer, and again while readers are in the way: they come and go. */
  async truncateLog(signal?: AbortSignal): Promise<boolean> {
    for (let left = 50; left > 0; left -= 1) {
      if (signal?.aborted) return false;
      if (await this.#openWriter().checkpoint()) return true;
      await new Promise((resolve) => setTimeout(resolve, migrationPause));
    }
    return false;
  }

  async compact(size: 'small' | 'any'): Promise<boolean> {
    const isDone = rewrite(this.#path, size);
    await this.truncateLog();
    return isDone;
  }

  #openWriter(): Writer {
    if (this.#closed) throw Object.assign(new Error('the database is closed'), { code: 'ERR_DATABASE_THREAD' });
    this.#writer ??= new SqliteWriter(this.#path, this.#server);
    return this.#writer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    // The writer is the last: only a connection that may write puts the log into the file, and takes it away. A file
    // that is copied after a clean stop is whole.
    this.#reads?.close();
    await this.queries.destroy();
    this.#database?.close();
    await this.#writer?.close();
  }
}
