import { readFileSync, writeFileSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { backupNoteOf } from '../../config/folders.ts';
import { isPlainObject } from '../../process/plain-object.ts';

interface LastBackup {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly file: string;
}

/** A note beside the database; a backup is none the worse when it cannot be written. */
export function rememberBackup(config: Config, file: string): void {
  try {
    const note: LastBackup = { at: Date.now(), file };
    writeFileSync(backupNoteOf(config), JSON.stringify(note), { mode: 0o600 });
  } catch {
    // The folder may belong to another user.
  }
}

export function lastBackup(config: Config): LastBackup | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(backupNoteOf(config), 'utf8'));
    if (!isPlainObject(note)) return undefined;
    const { at, file } = note;
    return typeof at === 'number' && typeof file === 'string' ? { at, file } : undefined;
  } catch {
    return undefined;
  }
}
