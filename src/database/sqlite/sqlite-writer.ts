import { isLocked } from '../outage.ts';
import type { AnyProcedure, Procedure, Writer } from '../procedure.ts';
import { SqliteConnection } from './connection.ts';
import { FilesInPlace } from './files-in-place.ts';
import { openToWrite } from './open.ts';
import { mustServe } from './serving-mark.ts';

interface Call {
  readonly procedure: AnyProcedure;
  readonly values: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** When it has waited long enough for another process. */
  readonly until: number;
}

/** Calls that share a transaction at most; those behind them wait for its end. */
const most = 64;

/** How long another process may write before whoever waits for it is told that the database is locked, milliseconds. */
const lockPatience = 2000;
const lockPause = 10;

/** The one connection of its process that writes. What is called while the disk is busy shares the next flush. */
export class SqliteWriter implements Writer {
  readonly #connection: SqliteConnection;
  readonly #files: FilesInPlace;
  readonly #server: string | undefined;
  #waiting: Call[] = [];
  #work: Promise<void> | undefined;

  /** Opens the file, and makes it when it is not there. `server`: the mark of the process that serves by it. */
  constructor(path: string, server?: string) {
    this.#server = server;
    this.#connection = new SqliteConnection(openToWrite(path));
    this.#files = new FilesInPlace(path);
  }

  /** In the order of the calls; one that cannot be written fails alone. */
  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ procedure, values, resolve, reject, until: performance.now() + lockPatience });
    });
    this.#work ??= this.#commitAll();
    return result as Promise<Result>;
  }

  async checkpoint(): Promise<boolean> {
    await this.#work;
    return this.#connection.checkpoint();
  }

  async close(): Promise<void> {
    await this.#work;
    this.#connection.close();
  }

  async #commitAll(): Promise<void> {
    await Promise.resolve(); // what is called in the same turn belongs together
    while (this.#waiting.length > 0) {
      await this.#commitWaiting();
      // Messages and sockets are heard between two turns of the loop only.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#work = undefined;
  }

  /** What arrives while another process holds the file waits together, and is done together. */
  async #commitWaiting(): Promise<void> {
    if (!(await this.#begin())) return;
    const calls = this.#waiting.splice(0, most);
    const error = await this.#commit(calls);
    if (error === undefined) return;
    if (calls.length === 1 || isLocked(error.reason)) for (const { reject } of calls) reject(error.reason);
    else for (const call of calls) await this.#commitAlone(call);
  }

  async #commitAlone(call: Call): Promise<void> {
    try {
      this.#connection.begin();
      const error = await this.#commit([call]);
      if (error !== undefined) call.reject(error.reason);
    } catch (error) {
      call.reject(error);
    }
  }

  /**
   * False when nobody is left who waits. SQLite's own wait for a lock would stop this whole thread, and begin anew for
   * whoever came last.
   */
  async #begin(): Promise<boolean> {
    while (this.#waiting.length > 0) {
      try {
        this.#connection.begin();
        return true;
      } catch (error) {
        const now = performance.now();
        const waiting = this.#waiting;
        this.#waiting = isLocked(error) ? waiting.filter(({ until }) => until > now) : [];
        for (const { until, reject } of waiting) if (!isLocked(error) || until <= now) reject(error);
        if (this.#waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, lockPause));
      }
    }
    return false;
  }

  /** Undefined when all of them are committed and told so; otherwise none is either. */
  async #commit(calls: readonly Call[]): Promise<{ readonly reason: unknown } | undefined> {
    const results: unknown[] = [];
    try {
      for (const { procedure, values } of calls) results.push(await procedure.run(this.#connection, values as never));
      if (this.#server !== undefined) await mustServe(this.#connection, this.#server);
      this.#files.check();
      this.#connection.commit();
    } catch (reason) {
      this.#connection.rollback();
      return { reason };
    }
    for (const [index, { resolve }] of calls.entries()) resolve(results[index]);
    return undefined;
  }
}
