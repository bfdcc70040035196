import { readFile, stat } from 'node:fs/promises';
import { ifPresent } from '../../src/toolkit.ts';
import type { CompanionRules } from '../drop/companions.ts';
import type { Desk } from '../drop/drop-writer.ts';
import type { Batch } from '../drop/entry.ts';
import { publishBatch } from '../drop/publish-files.ts';

export interface BatchRules extends CompanionRules {
  readonly rows: number;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds. */
  readonly age: number;
  readonly now: () => number;
}

/** Names the hidden files that are ready: by their rows, their bytes, or the time since their first row. */
export async function closeBatches(desk: Desk, rules: BatchRules): Promise<void> {
  for (const batch of desk.journal.memory.batches) {
    const stats = await ifPresent(stat(batch.file));
    // Somebody took the hidden file away; the rows that gathered there are his.
    if (stats === undefined) await desk.journal.write([{ kind: 'doubt', file: batch.file }], false);
    else if (isReady(batch, stats.size, rules)) await publishBatch(batch, await readFile(batch.file), desk, rules);
  }
}

/** A clock that was set back ends a batch too: nobody can say how old it is. */
function isReady({ rows, since }: Batch, size: number, rules: BatchRules): boolean {
  const age = rules.now() - since;
  return rows > 0 && (rows >= rules.rows || size >= rules.size || age >= rules.age || age < 0);
}
