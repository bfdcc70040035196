import path from 'node:path';
import { UnavailableError } from '../../src/adapter.ts';
import { diskError } from '../../src/toolkit.ts';
import { numbered } from '../drop/disk.ts';
import { inDoubt } from '../drop/parcel.ts';
import { repair } from '../drop/repair.ts';
import { DropFile } from './drop-file.ts';
import type { Desk } from '../drop/drop-writer.ts';
import type { Entry } from '../drop/entry.ts';
import type { Outcomes } from '../drop/parcel.ts';
import type { CsvFormat } from './format.ts';
import type { Row } from './row.ts';

const filesOfOneName = 99;

export interface AppendRules {
  readonly format: CsvFormat;
  /** Where rows gather in hidden files until these are ready; its clock. */
  readonly gather?: { readonly now: () => number } | undefined;
}

/** Lets files grow by whole lines: all intents with one fsync, then each file with one write and one fsync. */
export async function appendRows(
  rows: readonly Row[],
  desk: Desk,
  outcomes: Outcomes<Row>,
  { format, gather }: AppendRules,
): Promise<void> {
  const files = new Map<string, DropFile>();
  const staged = new Map<DropFile, Row[]>();
  try {
    for (const row of rows) {
      try {
        const file = await place(row, desk, files, { format, gather });
        file.add(row.key, row.cells);
        staged.set(file, [...(staged.get(file) ?? []), row]);
      } catch (error) {
        outcomes.set(row, {
          kind: 'failed',
          error: error instanceof UnavailableError ? error : diskError(error, desk.depot.folder),
        });
      }
    }
    if (staged.size === 0) return;
    // The share may have dropped off since the folder was looked at: then these files are on the local disk.
    await desk.depot.open();
    await desk.journal.write([...begun(staged, desk, gather), ...[...staged.keys()].map((file) => file.intent)], true);
    for (const [file, here] of staged) await append(file, here, desk, outcomes);
  } finally {
    for (const file of files.values()) await file.close();
  }
}

function* begun(
  staged: ReadonlyMap<DropFile, readonly Row[]>,
  desk: Desk,
  gather: AppendRules['gather'],
): Generator<Entry> {
  if (gather === undefined) return;
  for (const [{ path: file }, [row]] of staged) {
    if (row === undefined || desk.journal.memory.hasBatch(file)) continue;
    yield { kind: 'batch', file, name: row.name, since: gather.now(), rows: 0 };
  }
}

/**
 * The first of name.csv, name-2.csv, … that looks as we write it and whose header has the columns: no column is lost
 * and no file changes its shape.
 */
async function place(row: Row, desk: Desk, files: Map<string, DropFile>, rules: AppendRules): Promise<DropFile> {
  const columns = [...row.cells.keys()];
  for (let number = 1; number <= filesOfOneName; number += 1) {
    const name = numbered(rules.gather === undefined ? row.name : `.${row.name}.open`, number);
    const at = desk.depot.path(name);
    const blocked = desk.blocked.get(at);
    if (blocked !== undefined) throw blocked;
    const file = files.get(at) ?? (await DropFile.open(at, rules.format));
    files.set(at, file);
    if (file.fits(columns)) return file;
  }
  throw new UnavailableError({
    ru: `В папке уже ${filesOfOneName} файлов этого имени с другими колонками: уберите прочитанные.`,
    en:
      `The folder has ${filesOfOneName} files of this name with other columns already: take away those that ` +
      'were read.',
  });
}

async function append(file: DropFile, rows: readonly Row[], desk: Desk, outcomes: Outcomes<Row>): Promise<void> {
  const { intent } = file;
  for (const row of rows) row.leaving();
  let entry: Entry;
  let failure: Error | undefined;
  try {
    const seen = await file.append();
    entry = seen ? { kind: 'done', file: file.path, rows: intent.rows.length } : { kind: 'doubt', file: file.path };
    if (seen) for (const row of rows) outcomes.set(row, { kind: 'written', file: path.basename(file.path) });
  } catch (error) {
    failure = diskError(error, desk.depot.folder);
    for (const row of rows) outcomes.set(row, { kind: 'failed', error: failure });
    entry = await repair(intent, desk.depot);
  }
  const asked: Entry[] = entry.kind === 'doubt' ? rows.map((row) => ({ kind: 'asked', key: row.key })) : [];
  await desk.journal.write([entry, ...asked], false);
  for (const row of rows) {
    if (desk.journal.memory.hasWritten(row.key)) outcomes.set(row, { kind: 'written', file: path.basename(file.path) });
    else outcomes.set(row, { kind: 'failed', error: entry.kind === 'doubt' ? inDoubt() : (failure ?? inDoubt()) });
  }
}
