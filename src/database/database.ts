import { statSync } from 'node:fs';
import type { Connection } from './connection.ts';
import type { Engine } from './engine.ts';
import type { Executor } from './executor.ts';
import { PostgresEngine } from './postgres/engine.ts';
import type { Procedure, Writer } from './procedure.ts';
import { type Signal, Signals } from './postgres/signals.ts';
import { type SchemaState, schemaState } from './schema-state.ts';
import { SqliteEngine } from './sqlite/engine.ts';
import type { WriterStart } from './sqlite/wire.ts';
import { sqliteFile } from './url.ts';

export interface DatabaseOptions {
  /** A connection to PostgreSQL broke while nobody used it. */
  readonly lost?: (error: Error) => void;
  /** There is a pooler before PostgreSQL, of which the URL says nothing. */
  readonly pooled?: () => void;
  /** Starts the thread that writes an SQLite file; without it a serving process writes in its own. */
  readonly startWriter?: (start: WriterStart) => Writer;
}

/**
 * The one store of the road: inbox and outbox are tables of the same database, so that one transaction can link them.
 * Whatever writes is a procedure.
 */
export class Database {
  /** The file of an SQLite database, which one process serves; undefined for PostgreSQL, which several may share. */
  readonly file: string | undefined;
  readonly #engine: Engine;
  readonly #signals: Signals | undefined;
  readonly #overtaken = new AbortController();
  readonly #listeners = new Set<(signal: Signal) => void>();

  /** `sqlite:<path>` or `postgres://…`; nothing is opened before it is needed. */
  constructor(url: string, options: DatabaseOptions = {}) {
    this.file = sqliteFile(url);
    if (this.file === undefined) {
      const engine = new PostgresEngine(url, options);
      this.#engine = engine;
      this.#signals = new Signals(url, engine.pooler, (signal) => this.#hear(signal));
    } else {
      this.#engine = new SqliteEngine(this.file, { ...options, overtaken: () => this.#overtaken.abort() });
    }
  }

  /**
   * Aborted once another process serves an SQLite file that this one served: it stood still for so long that nobody
   * could tell. Whatever it calls from then on is refused, and so was what told it.
   */
  get overtaken(): AbortSignal {
    return this.#overtaken.signal;
  }

  /** For lists; fixed statements go over `reads`. */
  get queries(): Executor {
    return this.#engine.queries;
  }

  get reads(): Connection {
    return this.#engine.reads;
  }

  /**
   * Brings the schema up to date; throws when the database was written by a newer version. Only a process that serves
   * does so: commands beside it would change the tables under the feet of an older service.
   */
  migrate(): Promise<void> {
    return this.#engine.migrate();
  }

  /** An SQLite file is this process's from now on: whoever served it before writes nothing more. */
  async takeOver(): Promise<void> {
    await this.#engine.takeOver();
  }

  /** Whether the schema is the one that this version works with; changes nothing. */
  async schema(): Promise<SchemaState> {
    if (this.file !== undefined) {
      const file = statSync(this.file, { throwIfNoEntry: false });
      if (file === undefined) return { is: 'missing' };
      if (!file.isFile()) throw Object.assign(new Error('no plain file'), { code: 'EISDIR', path: this.file });
    }
    return schemaState(this.queries);
  }

  /** Does it in a transaction, perhaps together with others; committed when it resolves. */
  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    return this.#engine.call(procedure, values);
  }

  /**
   * For a process that stays: from now on other processes of a PostgreSQL database are heard, and an SQLite file is
   * written in a thread of its own, after what was called before.
   */
  async serve(): Promise<void> {
    this.#signals?.start();
    await this.#engine.serve();
  }

  /** After much was deleted: what it took is given back, and on SQLite nothing of it stays in file and log. */
  reclaim(signal: AbortSignal, breath: number): Promise<void> {
    return this.#engine.reclaim(signal, breath);
  }

  onSignal(listener: (signal: Signal) => void): void {
    this.#listeners.add(listener);
  }

  /** Tells this process at once and the others soon. */
  signal(signal: Signal): void {
    this.#hear(signal);
    this.#signals?.send(signal);
  }

  /**
   * What was deleted stands in no log of SQLite's any more; false: another program has been reading for too long.
   * PostgreSQL's own goes by its own rules.
   */
  truncateLog(): Promise<boolean> {
    return this.#engine.truncateLog();
  }

  /**
   * Writes the file anew, without what was left between rows and in free pages. False: it is as it was. `small`: beside
   * a service that nobody should wait for.
   */
  compact(size: 'small' | 'any'): Promise<boolean> {
    return this.#engine.compact(size);
  }

  async close(): Promise<void> {
    await this.#signals?.close();
    await this.#engine.close();
  }

  #hear(signal: Signal): void {
    for (const listener of this.#listeners) listener(signal);
  }
}
