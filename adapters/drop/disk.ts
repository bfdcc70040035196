import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../../src/toolkit.ts';

/** Inode numbers are given again at once after a deletion, so the time of birth is part of it. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.ino}-${stats.birthtimeNs}`;
}

// What shares answer to fsync that they do not offer (CIFS, FUSE, vboxsf, 9p, old NFS); others say that data was lost.
const notOffered: ReadonlySet<string> = new Set([
  'EINVAL',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EPERM',
  'EBADF',
  'EISDIR',
  'EACCES',
  'EROFS',
]);

/** Flushes what was written to the disk, as far as the disk knows how. @throws when it lost something. */
export async function syncFile(handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    if (!notOffered.has(errorCode(error) ?? '')) throw error;
  }
}

/**
 * Makes creations and renames in a folder outlive a power cut, where that is possible. It never throws: what it is
 * called for is done by then, and a share that cannot flush a folder (or lost it, EIO) undoes nothing.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Done all the same.
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

/** Fit for a file name whatever the key is made of. */
export function shortHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** `hires.csv` → `hires-2.csv`; the first is the name itself. */
export function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}
