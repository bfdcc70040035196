import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sealingOf } from '../database/sqlite/backup.ts';
import { ifMissing } from '../process/if-missing.ts';

/** What a copy of the database that we made beside it is called after its name. */
const copies = ['.before-upgrade-', '.before-restore-'];

/** When one was made stands at the end of its name: what it was made of may have been old already. */
const written = /(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(-wal|-shm)?$/;

/**
 * Copies of an SQLite database beside it, from before a time: they hold what was deleted since. Returns how many went.
 */
export async function clearCopies(file: string | undefined, before: number): Promise<number> {
  let gone = 0;
  for (const path of await copiesOf(file)) {
    const copy = await ifMissing(stat(path));
    if (copy === undefined || (madeAt(path) ?? copy.mtimeMs) >= before) continue;
    await rm(path, { force: true });
    gone += 1;
  }
  return gone;
}

function madeAt(path: string): number | undefined {
  const [, day, ...time] = written.exec(path) ?? [];
  const [hours, minutes, seconds, rest] = time;
  return day === undefined ? undefined : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${rest}Z`);
}

/**
 * Those that were made before all was sealed, each with its log: what is sealed in the database lies in clear there.
 * What is in a damaged one nobody knows.
 */
export async function clearPlainCopies(file: string | undefined): Promise<void> {
  const whole = (await copiesOf(file)).filter((path) => !/-(?:wal|shm)$/.test(path));
  for (const path of whole.filter((each) => sealingOf(each) !== 'sealed'))
    for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true });
}

async function copiesOf(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  const names = (await ifMissing(readdir(dirname(file)))) ?? [];
  return names
    .filter((name) => copies.some((word) => name.startsWith(basename(file) + word)))
    .map((name) => join(dirname(file), name));
}
