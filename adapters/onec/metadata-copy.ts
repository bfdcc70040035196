import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that gets what is read past it, and its name only when all of it is there; a disk that fails stops nobody. */
export class MetadataCopy {
  readonly #path: string;
  readonly #part: string;
  #file: FileHandle | undefined;
  #failed = false;

  constructor(path: string) {
    this.#path = path;
    this.#part = `${path}.${process.pid}.part`;
  }

  async *of(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    await this.#try(async () => {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      this.#file = await open(this.#part, 'w', 0o600);
    });
    try {
      for await (const chunk of source) {
        await this.#try(async () => this.#file?.writeFile(chunk));
        yield chunk;
      }
    } finally {
      await this.#file?.close().catch(() => (this.#failed = true));
    }
  }

  /** @returns false when the copy could not be made. */
  async keep(): Promise<boolean> {
    await this.#try(() => rename(this.#part, this.#path));
    if (this.#failed) await this.drop();
    return !this.#failed;
  }

  async drop(): Promise<void> {
    await rm(this.#part, { force: true }).catch(() => undefined);
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    if (this.#failed) return;
    try {
      await work();
    } catch {
      this.#failed = true;
    }
  }
}
