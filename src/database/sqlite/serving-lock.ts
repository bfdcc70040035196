import { lstatSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { errorCode } from '../../process/error-code.ts';
import type { Text } from '../../text.ts';
import { isLocked } from '../outage.ts';
import { makePrivately } from './private-file.ts';

/** Another process serves this database. */
export class AlreadyServedError extends Error {
  override readonly name = 'AlreadyServedError';
}

/** Nobody holds the file, and it cannot be held either. */
export class DamagedLockError extends Error {
  override readonly name = 'DamagedLockError';
  readonly text: Text;

  constructor(file: string, options: ErrorOptions) {
    const code = errorCode(options.cause) ?? 'unknown';
    const text: Text = {
      ru: `${file}: этим файлом служба отмечает, что занята база; его никто не держит, но он повреждён или недоступен (${code}): проверьте, что другая служба не запущена, удалите его и запустите снова — данных в нём нет`,
      en:
        `${file}: the file by which a service marks its database as taken; nobody holds it, but it is damaged or out ` +
        `of reach (${code}): see that no other service runs, delete it and start again; it holds no data`,
    };
    super(text.en, options);
    this.text = text;
  }
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

  /** Undefined when another process serves this database file already; throws DamagedLockError. */
  static take(path: string): ServingLock | undefined {
    const file = `${path}.lock`;
    let lock: BetterSqlite.Database | undefined;
    try {
      makePrivately(file);
      lock = new BetterSqlite(file, { timeout: 0 });
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock?.close();
      if (isLocked(error)) return undefined;
      // Where there is none, the folder cannot be written, and the database says so better.
      if (lstatSync(file, { throwIfNoEntry: false }) === undefined) throw error;
      throw new DamagedLockError(file, { cause: error });
    }
    const held = lock;
    return new ServingLock(() => held.close());
  }

  release(): void {
    this.#release();
  }
}
