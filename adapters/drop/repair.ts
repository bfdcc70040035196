import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ifPresent } from '../../src/toolkit.ts';
import { completeCompanions } from './companions.ts';
import { hashOf, identityOf, syncFile } from './disk.ts';
import type { Depot } from './depot.ts';
import type { AppendIntent, Entry, Intent, PublishIntent } from './entry.ts';

/**
 * How an intent ended whose writer was cut short, and the file set right: whole rows stay, a torn one is cut off. Only
 * the very file that the intent names is touched.
 */
export async function repair(intent: Intent, depot: Depot): Promise<Entry> {
  return intent.kind === 'publish' ? repairPublish(intent, depot) : repairAppend(intent);
}

/**
 * The hidden file goes away when it gets its name, so one that is still there was not published, or only just. A server
 * may carry out the request of a broken session late: what is not out is taken back under another name first, which
 * also tells the next life that it was, should this one end before the outcome is noted.
 */
async function repairPublish(intent: PublishIntent, depot: Depot): Promise<Entry> {
  const doubt: Entry = { kind: 'doubt', file: intent.file };
  if ((await depot.identity()) !== intent.folder) return doubt;
  const notOut: Entry = { kind: 'done', file: intent.file, rows: 0 };
  const { temporary, back = `${temporary}.back` } = intent;
  if (await depot.exists(back)) return notOut;
  const state = await depot.stateOf(temporary);
  if (state === 'gone' || state === 'named') return published(intent, depot);
  // One name but changed since: it may have had another, whose reader took it away.
  if (intent.changed !== undefined && state.changed !== intent.changed) return doubt;
  if (intent.keep === true || (await depot.takeBack(temporary, back))) return notOut;
  return published(intent, depot);
}

async function published(intent: PublishIntent, depot: Depot): Promise<Entry> {
  // Before the hidden file goes: a crash in between finds the same again.
  await completeCompanions(intent.name ?? path.basename(intent.file), intent.companions ?? [], depot);
  await depot.remove(intent.temporary);
  return { kind: 'done', file: intent.file, rows: 1 };
}

/** What a settled intent left under hidden names; that it could not be removed harms nobody. */
export async function tidy(intent: Intent, entry: Entry, depot: Depot): Promise<void> {
  if (intent.kind !== 'publish' || intent.keep === true) return;
  const { temporary, back = `${temporary}.back` } = intent;
  try {
    if (entry.kind === 'doubt') await depot.remove(temporary);
    else if (entry.kind === 'done' && entry.rows === 0) await depot.remove(back);
  } catch {
    // The next try of its delivery removes it.
  }
}

async function repairAppend(intent: AppendIntent): Promise<Entry> {
  const handle = await ifPresent(open(intent.file, constants.O_RDWR | constants.O_NOFOLLOW));
  if (handle === undefined) {
    // Without its folder (a share that is not mounted) nothing can be said yet: this throws.
    await stat(path.dirname(intent.file));
    return { kind: 'doubt', file: intent.file };
  }
  try {
    return await settle(handle, intent);
  } finally {
    await handle.close();
  }
}

async function settle(handle: FileHandle, intent: AppendIntent): Promise<Entry> {
  const stats = await handle.stat({ bigint: true });
  const size = Number(stats.size);
  const doubt: Entry = { kind: 'doubt', file: intent.file };
  // Taken and begun anew, or emptied, by whoever reads the folder: our rows may have been read before.
  if (identityOf(stats) !== intent.identity || size < intent.offset) return doubt;

  const planned = intent.rows.reduce((sum, row) => sum + row.length, 0);
  const tail = Buffer.alloc(Math.min(size - intent.offset, planned));
  await handle.read(tail, 0, tail.length, intent.offset);
  const { rows, length } = wholeRows(tail, intent);
  if (rows < intent.rows.length) {
    // Longer than planned, or other bytes where a row should be: somebody else wrote. NULs are blocks that a power cut
    // left unwritten.
    const next = tail.subarray(length, length + (intent.rows[rows]?.length ?? 0));
    const torn = next.length < (intent.rows[rows]?.length ?? 0) || next.includes(0);
    if (size > intent.offset + planned || !torn) return doubt;
    await handle.truncate(intent.offset + length);
  }
  await syncFile(handle);
  return { kind: 'done', file: intent.file, rows };
}

function wholeRows(tail: Buffer, intent: AppendIntent): { readonly rows: number; readonly length: number } {
  let length = 0;
  for (const [index, row] of intent.rows.entries()) {
    const slice = tail.subarray(length, length + row.length);
    if (slice.length < row.length || hashOf(slice) !== row.hash) return { rows: index, length };
    length += row.length;
  }
  return { rows: intent.rows.length, length };
}
