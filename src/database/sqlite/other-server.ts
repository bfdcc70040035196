import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { usualLease } from '../lease.ts';
import { isLocked } from '../outage.ts';

/** A service renews the lease of its mapper when half of it has gone; milliseconds, with time for a busy machine. */
const renewal = usualLease / 2 + 2500;
const pause = 100;

/**
 * Whether another process serves the file, for one who holds its lock: a lock file that was deleted, replaced by a copy
 * or put back from a backup is another file, which the service that runs does not hold. So nobody else may have the
 * database open for a moment, or, as other programs may stay, nobody may renew the mapper's lease while one could.
 * The process must not have the file open itself.
 */
export async function isServedByAnother(path: string, patience = renewal): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  let first: string | undefined;
  for (const until = performance.now() + patience; performance.now() < until; await setTimeout(pause)) {
    if (isFree(path)) return false;
    const lease = leaseIn(path);
    // Every service has one from its start to its end.
    if (lease === 'none') return false;
    first ??= lease;
    if (lease !== undefined && lease !== first) return true;
  }
  return false;
}

/** Whatever else is wrong with the file, the migration says it better. */
function isFree(path: string): boolean {
  try {
    return withDatabase(path, false, (database) => {
      // Every connection that has looked at the file once shares its lock until it is closed, in WAL mode too.
      database.pragma('locking_mode = EXCLUSIVE');
      database.exec('begin exclusive; rollback');
      return true;
    });
  } catch (error) {
    return !isLocked(error);
  }
}

/** Its holder and end; undefined: it cannot be read at this moment. */
function leaseIn(path: string): string | undefined {
  try {
    return withDatabase(path, true, (database) => {
      const lease = database.prepare(`select holder || ' ' || until from leases where name = 'mapper'`).pluck().get();
      return typeof lease === 'string' ? lease : 'none';
    });
  } catch (error) {
    return isLocked(error) ? undefined : 'none'; // no database of ours yet
  }
}

function withDatabase<Result>(
  path: string,
  readonly: boolean,
  use: (database: BetterSqlite.Database) => Result,
): Result {
  const database = new BetterSqlite(path, { timeout: 0, readonly, fileMustExist: true });
  try {
    return use(database);
  } finally {
    database.close();
  }
}
