import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MigrationError } from '../migrate.ts';
import { BackupError, saveCopy } from './backup.ts';

/** Copies of a database that stay beside it. */
const kept = 2;

/** A copy that was made before an upgrade. */
interface UpgradeCopy {
  readonly path: string;
  /** When, milliseconds since 1970. */
  readonly at: number;
}

/** Newest first. */
function upgradeCopies(path: string): UpgradeCopy[] {
  const beginning = `${basename(path)}.before-upgrade-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(beginning) && !name.endsWith('.part'))
    .map((name) => join(dirname(path), name))
    .map((copy) => ({ path: copy, at: statSync(copy).mtimeMs }))
    .toSorted((a, b) => b.at - a.at || (a.path < b.path ? 1 : -1));
}

/**
 * Saves the database beside itself before its schema changes, for there is no other way back; the two newest copies
 * stay. Named by the schema that it has, and the time.
 * @returns the path of the copy.
 * @throws MigrationError when there is no room for it: nothing is changed then.
 */
export function copyBeforeUpgrade(path: string, schema: string, now: number): string {
  const { bavail, bsize } = statfsSync(dirname(path));
  const { size } = statSync(path);
  if (bavail * bsize < size * 1.1) throw noRoom(path, size);
  const copy = `${path}.before-upgrade-${schema}-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    saveCopy(path, copy);
  } catch (error) {
    throw error instanceof BackupError ? new MigrationError(error.text, { cause: error }) : error;
  }
  for (const { path: old } of upgradeCopies(path).slice(kept)) rmSync(old, { force: true });
  return copy;
}

function noRoom(path: string, size: number): MigrationError {
  const megabytes = Math.ceil((size * 1.1) / 1024 ** 2);
  return new MigrationError({
    ru: `перед обновлением схемы база копируется, а на её диске нет места: освободите ${megabytes} МБ рядом с ${path} и запустите снова, ничего не изменено`,
    en:
      'the database is copied before its schema is brought up to date, and its disk has no room for that: free ' +
      `${megabytes} MB beside ${path} and start again, nothing was changed`,
  });
}
