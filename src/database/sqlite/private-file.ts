import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, linkSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../../process/error-code.ts';

/**
 * Sees to it that there is a file for SQLite, readable by its owner only before anything is in it; an empty one counts
 * as an empty database, and -wal and -shm get its mode.
 *
 * Nobody but SQLite opens a database file that may be in use: on POSIX closing any descriptor of a file drops all locks
 * that the process holds on it (sqlite.org/howtocorrupt.html 2.2), and another program that opens and closes the file
 * then takes the write-ahead log away under the service. So the file is made under a name of its own, and linked.
 */
export function makePrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (statSync(path, { throwIfNoEntry: false }) === undefined) makeNew(path);
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return; // SQLite makes it
  if (!file.isFile()) throw Object.assign(new Error(`${path} is no plain file`), { code: 'EISDIR', path });
  if ((file.mode & 0o777) !== 0o600) chmodSync(path, 0o600);
}

function makeNew(path: string): void {
  const own = `${path}.${randomUUID()}`;
  try {
    closeSync(openSync(own, 'wx', 0o600));
    linkSync(own, path);
  } catch (error) {
    // Somebody else was faster; or the file system has no links, and SQLite makes the file.
    if (!['EEXIST', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errorCode(error) ?? ''))
      throw Object.assign(Object(error), { path });
  } finally {
    rmSync(own, { force: true });
  }
}
