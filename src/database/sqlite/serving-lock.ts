import BetterSqlite from 'better-sqlite3';
import { makePrivately } from './private-file.ts';

/** Another process serves this database. */
export class AlreadyServedError extends Error {
  override readonly name = 'AlreadyServedError';
}

/**
 * Held by the one process that serves an SQLite file; the operating system frees it when the process dies, however it
 * dies.
 */
export class ServingLock {
  readonly #release: () => void;

  private constructor(release: () => void) {
    this.#release = release;
  }

  /** Undefined when another process serves this database file already. */
  static take(path: string): ServingLock | undefined {
    const file = `${path}.lock`;
    makePrivately(file);
    const lock = new BetterSqlite(file, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return new ServingLock(() => lock.close());
    } catch {
      lock.close();
      return undefined;
    }
  }

  release(): void {
    this.#release();
  }
}
