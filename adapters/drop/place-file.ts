import { constants } from 'node:fs';
import { link, lstat, open, rename, stat, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, ifPresent } from '../../src/toolkit.ts';

// FAT, exFAT, many CIFS and FUSE shares have no hard links, each with a word of its own.
const noLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EACCES',
  'EMLINK',
  'EXDEV',
]);
const busy: ReadonlySet<string> = new Set(['EBUSY', 'EAGAIN', 'ETXTBSY']);
const busyTries = 4;
const busyPause = 100;

/** How files get names; disks without hard links stand in for it in tests. */
export interface Naming {
  readonly link: (from: string, to: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
}

/**
 * Gives a whole file, written under a hidden name in the same folder, the name that readers look for, and never takes
 * another's: `taken` when something has it. Once it is `placed` the hidden name is gone or no longer matters.
 *
 * @throws what the system says, and then the file is not out.
 */
export async function placeFile(
  temporary: string,
  file: string,
  system: Naming = { link, rename },
): Promise<'placed' | 'taken'> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await placeOnce(temporary, file, system);
    } catch (error) {
      if (tries === busyTries || !busy.has(errorCode(error) ?? '')) throw error;
      await sleep(busyPause);
    }
  }
}

async function placeOnce(temporary: string, file: string, system: Naming): Promise<'placed' | 'taken'> {
  try {
    await system.link(temporary, file);
  } catch (error) {
    const code = errorCode(error) ?? '';
    // NFS repeats a request whose answer was lost, and then finds our own link.
    if (code === 'EEXIST') return (await isSameFile(temporary, file)) ? await leave(temporary) : 'taken';
    if (!noLinks.has(code)) throw error;
    return renameTo(temporary, file, system);
  }
  return leave(temporary);
}

async function leave(temporary: string): Promise<'placed'> {
  // It is out: a hidden name that stays behind for now harms nobody.
  await unlink(temporary).catch(() => undefined);
  return 'placed';
}

/** Without hard links a name can be looked at and then taken: only another program could come between the two. */
async function renameTo(temporary: string, file: string, system: Naming): Promise<'placed' | 'taken'> {
  if ((await ifPresent(lstat(file))) !== undefined) return 'taken';
  await system.rename(temporary, file);
  return 'placed';
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([
    ifPresent(stat(one, { bigint: true })),
    ifPresent(lstat(other, { bigint: true })),
  ]);
  // A share that numbers nothing has 0 for all; a file linked twice says so.
  if (first === undefined || second === undefined || first.ino === 0n || first.nlink < 2n) return false;
  return first.ino === second.ino && first.dev === second.dev;
}

/** Whether a plain file with exactly these bytes stands there. */
export async function holds(file: string, bytes: Uint8Array): Promise<boolean> {
  const handle = await ifPresent(open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)).catch(
    () => undefined,
  );
  if (handle === undefined) return false;
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size !== bytes.length) return false;
    return Buffer.compare(await handle.readFile(), bytes) === 0;
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
