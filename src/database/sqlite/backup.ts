import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { errorCode } from '../../process/error-code.ts';
import type { Text } from '../../text.ts';
import { openToWrite } from './open.ts';
import { makePrivately } from './private-file.ts';

/** A copy that cannot be made or used; nothing was changed. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** What a copy holds. */
export interface CopyContents {
  readonly events: number;
  readonly deliveries: number;
}

/**
 * Saves the database into one new file, readable by its owner only, as it is at one moment; the service may be at work.
 * The file appears whole, was opened and read through, and is on the disk.
 * @throws BackupError
 */
export function saveCopy(path: string, to: string): CopyContents {
  return save(path, to, contentsOf);
}

/**
 * The same for the store of keys; returns how many keys it has.
 * @throws BackupError
 */
export function saveKeys(path: string, to: string): number {
  return save(path, to, (copy) => look(copy, (count) => count('person_keys')));
}

function save<Contents>(path: string, to: string, contentsIn: (copy: string) => Contents): Contents {
  if (existsSync(to)) throw new BackupError(taken(to));
  if (!existsSync(path)) throw new BackupError(noDatabase(path));
  const draft = `${to}.${randomUUID()}.part`;
  try {
    clearDrafts(dirname(to), (name) => name.endsWith('.part'), longestCopy);
    makePrivately(draft);
    vacuumInto(path, draft);
    const contents = contentsIn(draft);
    flush(draft);
    publish(draft, to);
    return contents;
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(failed(to, errorCode(error) ?? 'no code'));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The log of the source included. */
function vacuumInto(path: string, draft: string): void {
  const source = new BetterSqlite(path, { readonly: true, timeout: 5000 });
  try {
    source.prepare('vacuum into ?').run(draft);
  } finally {
    source.close();
  }
}

/**
 * Looks whether a file is a sound database of ours.
 * @throws BackupError
 */
export function contentsOf(copy: string): CopyContents {
  return look(copy, (count) => ({ events: count('events'), deliveries: count('deliveries') }));
}

function look<Contents>(copy: string, contents: (count: (table: string) => number) => Contents): Contents {
  if (!existsSync(copy)) throw new BackupError(noDatabase(copy));
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(copy, { readonly: true, fileMustExist: true });
    const sound: unknown = database.pragma('quick_check(1)', { simple: true });
    if (sound !== 'ok') throw new BackupError(damaged(copy));
    return contents((table) => Number(database?.prepare(`select count(*) from ${table}`).pluck().get() ?? Number.NaN));
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError(damaged(copy));
  } finally {
    database?.close();
  }
}

/** False: it is open, or cannot be read. */
export function isSealedDatabase(path: string): boolean {
  return sealingOf(path) === 'sealed';
}

/** `open`: it was made before there was a key, or before all was sealed with it. */
export function sealingOf(path: string): 'sealed' | 'open' | 'unreadable' {
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(path, { readonly: true, fileMustExist: true });
    const isKnown = database.prepare(`select 1 from sqlite_master where name = 'privacy'`).get() !== undefined;
    const marks = `name = 'check' or (name = 'cleaned' and value in ('done', 'at start'))`;
    const isSealed = isKnown && database.prepare(`select count(*) from privacy where ${marks}`).pluck().get() === 2;
    return isSealed ? 'sealed' : 'open';
  } catch {
    return 'unreadable';
  } finally {
    database?.close();
  }
}

/**
 * Puts a copy of the store of keys where one is to be. A store that has keys stays: whoever was forgotten would come
 * back with an older one.
 * @throws BackupError
 */
export function restoreKeys(copy: string, store: string, now: number): void {
  if (!hasKeys(copy)) throw new BackupError(existsSync(copy) ? noKeys(copy) : noDatabase(copy));
  if (hasKeys(store)) throw new BackupError(keysThere(store));
  takePlace(draftOf(copy, store), store, now);
}

function hasKeys(path: string): boolean {
  if (!existsSync(path)) return false;
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(path, { readonly: true, fileMustExist: true });
    const tables = database.prepare("select count(*) from sqlite_master where name = 'person_keys'").pluck().get();
    return tables === 1 && Number(database.prepare('select count(*) from person_keys').pluck().get()) > 0;
  } catch {
    throw new BackupError(damaged(path));
  } finally {
    database?.close();
  }
}

/** A draft beside the database, made of a copy, to be worked on before it takes the database's place. */
export function draftOf(copy: string, path: string): string {
  clearDraftsBeside(path);
  const draft = `${path}.${randomUUID()}.restored`;
  makePrivately(draft);
  // Somebody saved a running database by its files: its latest rows stand in the log beside it.
  if ((statSync(`${copy}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) vacuumInto(copy, draft);
  else copyFileSync(copy, draft);
  return draft;
}

/**
 * What was left half made beside a database, of restores and of copies before an upgrade: whoever holds its lock knows
 * that nobody is at work on them.
 */
export function clearDraftsBeside(path: string): void {
  const [restored, upgraded] = [`${basename(path)}.`, `${basename(path)}.before-upgrade-`];
  const isOurs = (name: string) =>
    name.endsWith('.restored') ? name.startsWith(restored) : name.startsWith(upgraded) && name.endsWith('.part');
  clearDrafts(dirname(path), isOurs, 0);
}

/** Their names end with a random id before the last word. `age`: milliseconds. */
function clearDrafts(folder: string, isWanted: (name: string) => boolean, age: number): void {
  for (const name of readdirSync(folder)) {
    const plain = name.replace(/-(wal|shm|journal)$/, '');
    if (!/\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z]+$/.test(plain) || !isWanted(plain)) continue;
    const draft = join(folder, name);
    if ((statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) <= Date.now() - age)
      rmSync(draft, { force: true });
  }
}

/** Nobody copies for so long, milliseconds. */
const longestCopy = 3_600_000;

/**
 * Puts a draft in the place of a database that nobody serves; what stood there stays beside it.
 * @returns the path of what stood there; undefined: nothing did.
 */
export function takePlace(draft: string, path: string, now: number): string | undefined {
  settle(draft);
  let before: string | undefined;
  if (existsSync(path)) {
    settle(path);
    before = `${path}.before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
    linkSync(path, before);
    // A log that could not be settled belongs to what stood there.
    for (const log of ['-wal', '-shm']) if (existsSync(path + log)) renameSync(path + log, before + log);
  }
  flush(draft);
  renameSync(draft, path);
  flush(dirname(path));
  return before;
}

/** Brings what stands in the write-ahead log into the file and takes the log away; a damaged file stays as it is. */
function settle(path: string): void {
  try {
    const database = openToWrite(path);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  } catch {
    // It is kept beside the restored one, log and all.
  }
}

function publish(draft: string, to: string): void {
  try {
    linkSync(draft, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new BackupError(taken(to));
    if (existsSync(to)) throw error;
    renameSync(draft, to); // a share without links
  }
  flush(dirname(to));
}

/** Some shares do not flush folders (EINVAL); the file itself was. */
function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

const taken = (to: string): Text => ({
  ru: `файл ${basename(to)} уже есть: копии не перезаписываются, дайте другое имя`,
  en: `${basename(to)} is there already: copies are never written over, give another name`,
});

const noKeys = (copy: string): Text => ({
  ru: `${basename(copy)} — не копия ключей: её делает backup --keys; ничего не изменено`,
  en: `${basename(copy)} is no copy of the keys, which backup --keys makes; nothing was changed`,
});

const keysThere = (store: string): Text => ({
  ru: `хранилище ключей ${store} на месте, ничего не изменено: restore без --keys возьмёт его, и забытые останутся забытыми; если оно негодно, уберите его и повторите`,
  en:
    `the store of keys ${store} is there, and nothing was changed: restore without --keys takes it, and whoever was ` +
    'forgotten stays so; if it is no good, move it away and restore again',
});

const noDatabase = (path: string): Text => ({
  ru: `базы данных ${path} нет`,
  en: `there is no database ${path}`,
});

const damaged = (copy: string): Text => ({
  ru: `${basename(copy)} не читается как база huntflow-connector: возьмите другую копию`,
  en: `${basename(copy)} cannot be read as a database of huntflow-connector: take another copy`,
});

const failed = (to: string, code: string): Text => ({
  ru: `копию ${to} записать не удалось (${code}): проверьте папку, права и свободное место`,
  en: `the copy ${to} could not be written (${code}): check the folder, rights and free space`,
});
