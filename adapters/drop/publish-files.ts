import { hostname } from 'node:os';
import { open, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { diskError, errorCode, ifPresent } from '../../src/toolkit.ts';
import { identityOf, numbered, shortHash, syncFile, syncFolder } from './disk.ts';
import { holds, placeFile } from './place-file.ts';
import type { Desk } from './drop-writer.ts';
import type { Entry, PublishIntent } from './entry.ts';
import type { Outcomes, Parcel } from './parcel.ts';

interface Wanted {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A name that something of other content has gives way to the next; so many are too many. */
const filesOfOneName = 999;

/** Gives each record a file of its own, written under a hidden name and named once it is whole and on disk. */
export async function publishFiles<P extends Parcel>(
  parcels: readonly P[],
  desk: Desk,
  outcomes: Outcomes<P>,
  bytesOf: (parcel: P) => Buffer,
): Promise<void> {
  const { folder } = desk.folder;
  const identity = identityOf(await stat(folder, { bigint: true }));
  const taken = new Set<string>();
  const staged = new Map<P, { readonly intent: PublishIntent; readonly bytes: Buffer }>();
  const found: string[] = [];
  for (const parcel of parcels) {
    try {
      const bytes = bytesOf(parcel);
      const free = await freeName({ name: parcel.name, bytes }, desk, taken);
      if (free.there) {
        found.push(parcel.key);
        outcomes.set(parcel, { kind: 'there' });
        continue;
      }
      taken.add(free.file);
      const temporary = path.join(folder, `.${shortHash([hostname(), desk.stateFolder, parcel.key].join('\n'))}.part`);
      const changed = await writeWhole(temporary, bytes);
      const intent: PublishIntent = {
        kind: 'publish',
        file: free.file,
        folder: identity,
        temporary,
        changed,
        key: parcel.key,
      };
      staged.set(parcel, { intent, bytes });
    } catch (error) {
      outcomes.set(parcel, { kind: 'failed', error: diskError(error, folder) });
    }
  }
  const known: Entry[] = found.length === 0 ? [] : [{ kind: 'kept', written: found, doubtful: [] }];
  await desk.journal.write([...known, ...[...staged.values()].map(({ intent }) => intent)], staged.size > 0);
  const ended: Entry[] = [];
  for (const [parcel, { intent, bytes }] of staged) {
    parcel.leaving();
    try {
      outcomes.set(parcel, {
        kind: 'written',
        file: path.basename(await place({ name: parcel.name, bytes }, intent, desk, taken)),
      });
      ended.push({ kind: 'done', file: intent.file, rows: 1 });
    } catch (error) {
      outcomes.set(parcel, { kind: 'failed', error: diskError(error, folder) });
      // Somebody cleared the hidden file away before it had its name. Otherwise the next batch settles it.
      if (errorCode(error) === 'ENOENT') ended.push({ kind: 'done', file: intent.file, rows: 0 });
    }
  }
  await syncFolder(folder);
  await desk.journal.write(ended, false);
}

async function place(wanted: Wanted, intent: PublishIntent, desk: Desk, taken: Set<string>): Promise<string> {
  let { file } = intent;
  try {
    while ((await placeFile(intent.temporary, file)) === 'taken') {
      const next = await freeName(wanted, desk, taken);
      taken.add(next.file);
      ({ file } = next);
      if (!next.there) continue;
      await unlink(intent.temporary).catch(() => undefined);
      break;
    }
    return file;
  } catch (error) {
    // A share may have lost the answer to a rename that was done.
    if (errorCode(error) === 'ENOENT' && (await holds(file, wanted.bytes))) return file;
    throw error;
  }
}

/** The first of name.xml, name-2.xml, … that nobody has, or that holds this very content. */
async function freeName(
  { name, bytes }: Wanted,
  desk: Desk,
  taken: ReadonlySet<string>,
): Promise<{ readonly file: string; readonly there: boolean }> {
  for (let number = 1; number <= filesOfOneName; number += 1) {
    const file = path.join(desk.folder.folder, numbered(name, number));
    if (taken.has(file) || desk.blocked.has(file)) continue;
    if ((await ifPresent(stat(file))) === undefined) return { file, there: false };
    if (await holds(file, bytes)) return { file, there: true };
  }
  throw Object.assign(new Error('no free name'), { code: 'EEXIST' });
}

/** Returns the time of its last change, which a new name for it changes. */
async function writeWhole(file: string, bytes: Buffer): Promise<string> {
  await rm(file, { force: true });
  // Exclusively: others who may write to the folder cannot lead it elsewhere by a link.
  const handle = await open(file, 'wx', 0o660);
  try {
    await handle.writeFile(bytes);
    await syncFile(handle);
    return String((await handle.stat({ bigint: true })).ctimeNs);
  } catch (error) {
    await unlink(file).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}
