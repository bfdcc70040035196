import { lstatSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { errorCode } from '../../process/error-code.ts';
import type { Text } from '../../text.ts';
import { isLocked } from '../outage.ts';
import { isServedByAnother } from './other-server.ts';
import { makePrivately } from './private-file.ts';

/** Another process serves this database. */
export class AlreadyServedError extends Error {
  override readonly name = 'AlreadyServedError';
}

/** The file cannot be held: nobody holds it, or nobody of this name may look whether somebody does. */
export class DamagedLockError extends Error {
  override readonly name = 'DamagedLockError';
  readonly text: Text;

  constructor(file: string, options: ErrorOptions) {
    const code = errorCode(options.cause) ?? 'unknown';
    const text: Text = ofOthers(file)
      ? closedText(file)
      : {
          ru: `${file}: этим файлом служба отмечает, что занята база; его никто не держит, но он повреждён или недоступен (${code}): проверьте, что другая служба не запущена, удалите его и запустите снова — данных в нём нет`,
          en:
            `${file}: the file by which a service marks its database as taken; nobody holds it, but it is damaged or out ` +
            `of reach (${code}): see that no other service runs, delete it and start again; it holds no data`,
        };
    super(text.en, options);
    this.text = text;
  }
}

/** Root's, or the service's own user's: this one may not even see whether it is held. */
function ofOthers(file: string): boolean {
  const user = process.geteuid?.() ?? 0;
  const owner = statSync(file, { throwIfNoEntry: false })?.uid;
  return user !== 0 && owner !== undefined && owner !== user;
}

function closedText(file: string): Text {
  return {
    ru: `${file}: этот файл, которым служба отмечает, что занята база, принадлежит другому пользователю: работает ли служба, отсюда не видно; запускайте от имени её пользователя или отдайте ему всю папку (chown -R)`,
    en:
      `${file}: the file by which a service marks its database as taken belongs to another user, so whether one ` +
      'runs cannot be seen: start as the user of the service, or give the whole folder to that user (chown -R)',
  };
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

  /** The same for the database file itself, whatever became of the lock file of a service that runs. */
  static async takeDatabase(path: string): Promise<ServingLock | undefined> {
    const lock = ServingLock.take(path);
    if (lock === undefined || !(await isServedByAnother(path))) return lock;
    lock.release();
    return undefined;
  }

  release(): void {
    this.#release();
  }
}
