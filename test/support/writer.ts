import { WriterThread } from '../../src/database/sqlite/writer-thread.ts';

/** The writer of the house, which knows the procedures of the tests too. */
export function startTestWriter(path: string): WriterThread {
  return new WriterThread(new URL('worker.ts', import.meta.url), path);
}
