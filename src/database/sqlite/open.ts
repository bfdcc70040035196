import BetterSqlite from 'better-sqlite3';
import { statSync } from 'node:fs';
import { isLocked } from '../outage.ts';
import { makePrivately } from './private-file.ts';

/** How long opening waits for a program that recovers or closes the file, milliseconds: nothing else can go on yet. */
const openingPatience = 5000;

/** WAL with synchronous=FULL: a commit has reached the disk when it returns. Makes the file when it is not there. */
export function openToWrite(path: string): BetterSqlite.Database {
  makePrivately(path);
  const database = new BetterSqlite(path, { timeout: openingPatience });
  // A new file gives pages back; nothing else makes one that was made before do so but to write it anew.
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('journal_mode = WAL');
  // Deleted text stays in the file otherwise: 3,515 of 25,000 marks (facts/install.md 8.3).
  database.pragma('secure_delete = ON');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('journal_size_limit = 67108864');
  database.pragma('busy_timeout = 0'); // from here on whoever waits does so without stopping others
  database.pragma('temp_store = MEMORY');
  // The operating system keeps the file as well.
  database.pragma('cache_size = -8000');
  return database;
}

/**
 * A connection that cannot write. While it is open, no other program that closes the file takes the write-ahead log
 * away: it holds the lock that says so.
 */
export function openToRead(path: string): BetterSqlite.Database {
  const database = new BetterSqlite(path, { readonly: true, timeout: openingPatience });
  database.pragma('schema_version'); // the lock comes with the first look
  database.pragma(`busy_timeout = ${readingPatience}`);
  database.pragma('cache_size = -2000');
  database.pragma('temp_store = MEMORY');
  return database;
}

/** Bytes that are written anew in some tenths of a second: nobody waits longer for that. */
const soonWritten = 64 * 1024 ** 2;

/**
 * Without what was left of deleted rows; false: it is too large for `small`, or locked, and as it was. A large one is
 * put together in a file of SQLite's own: in memory, where temporary tables are, it would take as much as it is long.
 */
export function rewrite(path: string, size: 'small' | 'any'): boolean {
  const isLarge = statSync(path).size > soonWritten;
  if (size === 'small' && isLarge) return false;
  const database = openToWrite(path);
  try {
    database.pragma('busy_timeout = 2000');
    if (isLarge) database.pragma('temp_store = FILE');
    database.exec('vacuum');
    return true;
  } catch (error) {
    if (!isLocked(error)) throw error;
    return false; // the next time will do
  } finally {
    database.close();
  }
}

/** Readers and writers never wait for each other; only for a program that closes the file last, or recovers it. */
const readingPatience = 100;
