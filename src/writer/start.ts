import type { Writer } from '../database/procedure.ts';
import type { WriterStart } from '../database/sqlite/wire.ts';
import { WriterThread } from '../database/sqlite/writer-thread.ts';
import { workerBeside } from '../process/worker-place.ts';

/** The thread that writes an SQLite file, with all procedures of the house. */
export function startWriter(start: WriterStart): Writer {
  return new WriterThread(workerBeside(import.meta.url), start);
}
