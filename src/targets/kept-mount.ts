import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../process/error-code.ts';
import type { Mount } from '../process/mount.ts';

const name = 'mount.json';

/**
 * The mount a target wrote to before, in its state folder. A few bytes, read at each write: another process may
 * confirm.
 */
export class KeptMount {
  readonly #folder: () => string;

  constructor(folder: () => string) {
    this.#folder = folder;
  }

  read(): Mount | 'damaged' | undefined {
    try {
      return mountIn(readFileSync(join(this.#folder(), name), 'utf8')) ?? 'damaged';
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  write({ point, type, source }: Mount): void {
    const folder = this.#folder();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, name);
    const draft = `${file}.${process.pid}`;
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(handle, JSON.stringify({ point, type, source }));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  }
}

function mountIn(text: string): Mount | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('point' in value) || !('type' in value) || !('source' in value)) return undefined;
    const { point, type, source } = value;
    if (typeof point !== 'string' || typeof type !== 'string' || typeof source !== 'string') return undefined;
    return { point, type, source };
  } catch {
    return undefined;
  }
}
