import { open, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { csvLine } from './cells.ts';
import { identityOf, syncFolder } from './disk.ts';
import { diskError, ifPresent } from './disk-error.ts';
import { numbered, shortHash } from './file-name.ts';
import type { Desk } from './append-rows.ts';
import type { PublishIntent } from './entry.ts';
import type { Outcomes, Row } from './row.ts';

/** Gives each row a file of its own, written under a hidden name and renamed once it is whole and on disk. */
export async function publishRows(rows: readonly Row[], desk: Desk, outcomes: Outcomes): Promise<void> {
  const folder = identityOf(await stat(desk.folder, { bigint: true }));
  const taken = new Set<string>();
  const staged = new Map<Row, PublishIntent>();
  for (const row of rows) {
    try {
      const file = await freeName(row.name, desk, taken);
      const temporary = path.join(desk.folder, `.${shortHash(row.key)}.part`);
      await writeWhole(temporary, bytesOf(row, desk));
      staged.set(row, { kind: 'publish', file, folder, temporary, key: row.key });
    } catch (error) {
      outcomes.set(row, { kind: 'failed', error: diskError(error, desk.folder) });
    }
  }
  if (staged.size === 0) return;
  await desk.journal.write([...staged.values()], true);
  for (const [row, intent] of staged) {
    row.leaving();
    try {
      await rename(intent.temporary, intent.file);
      outcomes.set(row, { kind: 'written', file: path.basename(intent.file) });
    } catch (error) {
      outcomes.set(row, { kind: 'failed', error: diskError(error, desk.folder) });
    }
  }
  await syncFolder(desk.folder);
  const published = [...staged].filter(([row]) => outcomes.get(row)?.kind === 'written');
  // What was not renamed stays open and is settled by the next batch.
  await desk.journal.write(
    published.map(([, intent]) => ({ kind: 'done', file: intent.file, rows: 1 })),
    false,
  );
}

/** A file that nobody has taken yet keeps its name: the new one is called name-2.csv. */
async function freeName(name: string, desk: Desk, taken: Set<string>): Promise<string> {
  for (let number = 1; ; number += 1) {
    const file = path.join(desk.folder, numbered(name, number));
    if (taken.has(file) || desk.blocked.has(file) || (await ifPresent(stat(file))) !== undefined) continue;
    taken.add(file);
    return file;
  }
}

function bytesOf(row: Row, { format }: Desk): Buffer {
  const header = format.header ? csvLine([...row.cells.keys()], format.delimiter) : '';
  return Buffer.concat([
    format.charset.mark,
    format.charset.encode(header + csvLine([...row.cells.values()], format.delimiter)),
  ]);
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o660);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } catch (error) {
    await unlink(file);
    throw error;
  } finally {
    await handle.close();
  }
}
