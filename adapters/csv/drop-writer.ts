import { mkdir } from 'node:fs/promises';
import { adapterErrorKind } from '../../src/adapter.ts';
import { appendRows } from './append-rows.ts';
import { codeOf, diskError } from './disk-error.ts';
import { Journal } from './journal.ts';
import { publishRows } from './publish-rows.ts';
import { repair } from './repair.ts';
import { inDoubt } from './row.ts';
import { StateLock } from './state-lock.ts';
import type { CsvFormat } from './format.ts';
import type { Outcome, Outcomes, Row } from './row.ts';

export interface DropWriterOptions {
  /** Absolute. */
  readonly folder: string;
  readonly stateFolder: string;
  readonly format: CsvFormat;
  readonly mode: 'append' | 'file';
  /** Milliseconds to wait for another process. */
  readonly patience: number;
}

/**
 * Writes rows once: intent into the journal, rows into the file, outcome into the journal, under a lock between
 * processes.
 * A journal that ends in an intent is settled before anything else is written.
 */
export class DropWriter {
  readonly #options: DropWriterOptions;
  readonly #journal: Journal;
  readonly #lock: StateLock;

  constructor(options: DropWriterOptions) {
    this.#options = options;
    this.#journal = new Journal(options.stateFolder);
    this.#lock = new StateLock(options.stateFolder);
  }

  /** Every row gets an outcome, but for those whose signal is aborted; it does not throw. */
  async write(rows: readonly Row[]): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    try {
      await this.#lock.acquire(this.#options.patience, () => rows.every((row) => row.signal.aborted));
      try {
        await this.#journal.refresh();
        await this.#commit(rows, outcomes);
      } finally {
        await this.#lock.release();
      }
    } catch (error) {
      const failure: Outcome = {
        kind: 'failed',
        error:
          adapterErrorKind(error) !== undefined && error instanceof Error
            ? error
            : diskError(error, this.#options.stateFolder),
      };
      for (const row of rows) if (!outcomes.has(row)) outcomes.set(row, failure);
    }
    return outcomes;
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  async #commit(rows: readonly Row[], outcomes: Outcomes): Promise<void> {
    const { folder, format, mode } = this.#options;
    const blocked = await this.#settleOpen();
    const fresh = new Map<string, Row>();
    const twins: Row[] = [];
    for (const row of rows) {
      if (row.signal.aborted) continue;
      if (this.#journal.memory.hasWritten(row.key)) outcomes.set(row, { kind: 'there' });
      else if (this.#journal.memory.isDoubtful(row.key)) {
        await this.#journal.write([{ kind: 'asked', key: row.key }], false);
        outcomes.set(row, { kind: 'failed', error: inDoubt() });
      } else if (fresh.has(row.key)) twins.push(row);
      else fresh.set(row.key, row);
    }
    if (fresh.size === 0) return;
    await makeFolder(folder);
    const write = mode === 'file' ? publishRows : appendRows;
    await write([...fresh.values()], { folder, format, journal: this.#journal, blocked }, outcomes);
    for (const row of twins) {
      const first = fresh.get(row.key);
      const outcome = first && outcomes.get(first);
      if (outcome !== undefined) outcomes.set(row, outcome.kind === 'written' ? { kind: 'there' } : outcome);
    }
  }

  /** What a crash or a full disk left half-way; returns the files that cannot be settled now. */
  async #settleOpen(): Promise<Map<string, Error>> {
    const blocked = new Map<string, Error>();
    for (const intent of this.#journal.memory.open) {
      try {
        await this.#journal.write([await repair(intent)], false);
      } catch (error) {
        blocked.set(intent.file, diskError(error, this.#options.folder));
      }
    }
    return blocked;
  }
}

/** Only the last folder of the path is made: a missing parent is a disk that is not mounted or a typing error. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o770 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw diskError(error, folder);
  }
}
