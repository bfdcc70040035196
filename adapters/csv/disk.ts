import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';

/** Inode numbers are given again at once after a deletion, so the time of birth is part of it. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.ino}-${stats.birthtimeNs}`;
}

/** Makes creations and renames in a folder outlive a power cut; Windows has nothing like it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}
