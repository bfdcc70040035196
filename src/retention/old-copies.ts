import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ifMissing } from '../process/if-missing.ts';

/** What a copy of the database that we made beside it is called after its name. */
const copies = ['.before-upgrade-', '.before-restore-'];

/**
 * Copies of an SQLite database beside it, from before a time: they hold what was deleted since. Returns how many went.
 */
export async function clearCopies(file: string | undefined, before: number): Promise<number> {
  if (file === undefined) return 0;
  let gone = 0;
  for (const name of (await ifMissing(readdir(dirname(file)))) ?? []) {
    if (!copies.some((word) => name.startsWith(basename(file) + word))) continue;
    const path = join(dirname(file), name);
    const copy = await ifMissing(stat(path));
    if (copy === undefined || copy.mtimeMs >= before) continue;
    await rm(path, { force: true });
    gone += 1;
  }
  return gone;
}
