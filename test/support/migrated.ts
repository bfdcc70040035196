import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Database } from '../../src/database/database.ts';

let made: Promise<string> | undefined;

/**
 * Puts an empty SQLite database of today's schema there, unless there is one. Eighteen migrations and their flushes cost 40 ms of processor
 * and 100 ms a file, a copy of their result nothing; what they do has tests of its own.
 */
export async function copyMigrated(path: string): Promise<void> {
  if (existsSync(path)) return;
  made ??= make();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  copyFileSync(await made, path);
  chmodSync(path, 0o600);
}

/** Once a process; it goes with the folder of the run. */
async function make(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'migrated-')), 'empty.db');
  const database = new Database(`sqlite:${path}`);
  await database.migrate();
  await database.close();
  return path;
}
