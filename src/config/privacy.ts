import { dirname, isAbsolute, join, resolve } from 'node:path';
import { sqliteFile } from '../database/url.ts';
import type { Text } from '../text.ts';

interface Privacy {
  readonly keyFile: string | undefined;
  readonly store: string | undefined;
}

/** Paths made absolute; beside an SQLite database the store is `people.db`, unless another is named. */
export function privacyOf(
  { keyFile, store }: { readonly keyFile?: string | undefined; readonly store?: string | undefined },
  database: string,
  folder: string,
): Privacy {
  const file = sqliteFile(database);
  const named = store === undefined ? undefined : absoluteUrl(store, folder);
  const beside = file === undefined ? undefined : `sqlite:${join(dirname(file), 'people.db')}`;
  return { keyFile: keyFile === undefined ? undefined : resolve(folder, keyFile), store: named ?? beside };
}

/**
 * Keys lie apart from what they open: a backup of one must not hold the other, and every instance must find the same
 * ones.
 */
export function storeProblem(store: string | undefined, database: string): Text | undefined {
  if (store === undefined) return noStore;
  const [storeFile, databaseFile] = [sqliteFile(store), sqliteFile(database)];
  if (databaseFile === undefined && storeFile !== undefined) return localStore;
  if (storeFile !== undefined && storeFile === databaseFile) return sameStore;
  if (storeFile === undefined && databaseFile === undefined && addressOf(store) === addressOf(database))
    return sameStore;
  return undefined;
}

export function absoluteUrl(url: string, folder: string): string {
  const path = sqliteFile(url);
  return path === undefined ? url : `sqlite:${isAbsolute(path) ? path : resolve(folder, path)}`;
}

/** Server and database, whoever logs in and however. */
function addressOf(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    const host = hostname || (searchParams.get('host') ?? 'localhost');
    return `${host === '127.0.0.1' || host === '[::1]' ? 'localhost' : host.toLowerCase()}:${port || '5432'}${pathname}`;
  } catch {
    return url;
  }
}

const noStore: Text = {
  ru: 'с PostgreSQL ключи людей лежат в другой базе PostgreSQL: задайте privacy.store',
  en: 'with PostgreSQL the keys of persons lie in another PostgreSQL database: set privacy.store',
};

const localStore: Text = {
  ru: 'с PostgreSQL ключи людей не лежат в файле одной машины: другие экземпляры их не найдут; нужна другая база PostgreSQL',
  en:
    'with PostgreSQL the keys of persons cannot lie in a file of one machine, where other instances do not find them: ' +
    'name another PostgreSQL database',
};

const sameStore: Text = {
  ru: 'ключи людей нельзя хранить в той же базе, что и данные: её копия открывала бы сама себя; задайте другую',
  en: 'the keys of persons cannot lie in the database of the data, whose backup would open itself: name another one',
};
