import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeaving } from '../../files/leaving.ts';

const pollTime = 500;

/**
 * Notices changed files below a folder by looking twice a second: that works on network shares and mounted volumes too,
 * where the system tells nothing. A change is taken when it has not moved between two looks, so that no half of a file
 * is.
 */
export class FolderWatch {
  readonly #folders: readonly string[];
  readonly #changed: () => Promise<void>;
  #taken = '';
  #seen = '';
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> = Promise.resolve();

  constructor(folders: readonly string[], changed: () => Promise<void>) {
    this.#folders = folders;
    this.#changed = changed;
  }

  /** What is there now counts as known. */
  async start(): Promise<void> {
    this.#taken = await this.#look();
    this.#seen = this.#taken;
    this.#timer = setInterval(() => (this.#busy = this.#busy.then(() => this.#poll())), pollTime);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  async #poll(): Promise<void> {
    const now = await this.#look();
    const still = now === this.#seen;
    this.#seen = now;
    if (!still || now === this.#taken) return;
    this.#taken = now;
    await this.#changed();
  }

  async #look(): Promise<string> {
    const lines: string[] = [];
    for (const folder of this.#folders) {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
        if (isLeaving(name)) continue; // whoever opens a file changes nothing
        const file = await stat(join(folder, name)).catch(() => undefined);
        if (file?.isFile() === true) lines.push(`${folder}/${name} ${file.ino} ${file.size} ${file.mtimeMs}`);
        else if (file?.isDirectory() !== true) lines.push(`${folder}/${name} no plain file`);
      }
    }
    return lines.join('\n');
  }
}
