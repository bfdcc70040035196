import type { Writer } from '../database/procedure.ts';
import { WriterThread } from '../database/sqlite/writer-thread.ts';
import { workerBeside } from '../process/worker.ts';

/** The thread that writes an SQLite file, with all procedures of the house. */
export function startWriter(path: string): Writer {
  return new WriterThread(workerBeside(import.meta.url), path);
}
