import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { SealKey, Seals } from '../people/seals.ts';
import type { Text } from '../text.ts';

/** What is known of a file that a record names. */
export type KeptFile =
  | {
      readonly state: 'wanted';
      readonly address: string;
      readonly person?: number | null;
      readonly since: number;
      readonly tries: number;
    }
  | { readonly state: 'here'; readonly size: number; readonly type: string; readonly since: number }
  | { readonly state: 'gone'; readonly why: Text; readonly since: number };

/** Undefined when nothing is known, or what was written is damaged. */
export async function readKept(path: string, seals: Seals): Promise<KeptFile | undefined> {
  try {
    const text = await seals.openText(await readFile(path, 'utf8'), notePlace(path));
    const value: unknown = JSON.parse(text ?? '');
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and on the disk when it returns. */
export async function writeKept(path: string, kept: KeptFile, seals: Seals, key?: SealKey): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const text = JSON.stringify(kept);
  await writeFile(draft, key === undefined ? text : seals.sealText(key, notePlace(path), text), { mode: 0o600 });
  const handle = await open(draft, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

function notePlace(path: string) {
  return { table: 'attachments', column: 'note', row: basename(path) };
}

function isKept(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  switch (value.state) {
    case 'wanted':
      return 'address' in value && typeof value.address === 'string' && 'tries' in value;
    case 'here':
      return 'size' in value && 'type' in value && typeof value.type === 'string';
    case 'gone':
      return 'why' in value && typeof value.why === 'object';
    default:
      return false;
  }
}
