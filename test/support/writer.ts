import type { WriterStart } from '../../src/database/sqlite/wire.ts';
import { WriterThread } from '../../src/database/sqlite/writer-thread.ts';

/** The writer of the house, which knows the procedures of the tests too. */
export function startTestWriter(start: WriterStart): WriterThread {
  return new WriterThread(new URL('worker.ts', import.meta.url), start);
}
