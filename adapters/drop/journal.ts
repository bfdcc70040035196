import { open, rename, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ifPresent } from '../../src/toolkit.ts';
import { formatEntry, parseEntry } from './entry.ts';
import { identityOf, syncFile, syncFolder } from './disk.ts';
import { Memory } from './memory.ts';
import type { Entry } from './entry.ts';

export interface JournalLimits {
  /** Keys remembered: a row is not written twice as long as its key is among the last so many. */
  readonly keys: number;
  /** Bytes from which the file is compacted. */
  readonly size: number;
}

const usualLimits: JournalLimits = { keys: 200_000, size: 4 * 1024 * 1024 };

/** What was meant to be written and what was, kept in the state folder. Used only by the holder of its lock. */
export class Journal {
  readonly #path: string;
  readonly #limits: JournalLimits;
  #memory: Memory;
  #handle: FileHandle | undefined;
  #identity = '';
  #size = 0;
  #compactAt: number;

  constructor(folder: string, limits: JournalLimits = usualLimits) {
    this.#path = path.join(folder, 'journal');
    this.#limits = limits;
    this.#memory = new Memory(limits.keys);
    this.#compactAt = limits.size;
  }

  get memory(): Omit<Memory, 'apply'> {
    return this.#memory;
  }

  /** Reads what other processes wrote since, and cuts off a line that a crash tore. */
  async refresh(): Promise<void> {
    const now = await ifPresent(stat(this.#path, { bigint: true }));
    if (
      this.#handle === undefined ||
      now === undefined ||
      identityOf(now) !== this.#identity ||
      Number(now.size) < this.#size
    )
      await this.#reopen();
    else if (Number(now.size) === this.#size) return;
    await this.#readOn();
  }

  /** @param durable whether the entries have to outlive a power cut before anything else is done. */
  async write(entries: readonly Entry[], durable: boolean): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined) throw new Error('the journal is written before it was read');
    if (entries.length === 0) return;
    const bytes = Buffer.from(entries.map(formatEntry).join(''));
    await handle.appendFile(bytes);
    this.#size += bytes.length;
    if (durable) await syncFile(handle);
    for (const entry of entries) this.#memory.apply(entry);
    if (this.#size > this.#compactAt) await this.#compact();
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #reopen(): Promise<void> {
    await this.close();
    this.#handle = await open(this.#path, 'a+', 0o600);
    this.#identity = identityOf(await this.#handle.stat({ bigint: true }));
    this.#memory = new Memory(this.#limits.keys);
    this.#size = 0;
    await syncFolder(path.dirname(this.#path));
  }

  async #readOn(): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined) return;
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(size - this.#size);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.#size);
    const whole = bytes.subarray(0, bytesRead).lastIndexOf('\n') + 1;
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) {
      const entry = parseEntry(line);
      if (entry !== undefined) this.#memory.apply(entry);
    }
    this.#size += whole;
    if (this.#size < size) await handle.truncate(this.#size);
    this.#compactAt = Math.max(this.#compactAt, this.#limits.size);
  }

  /** A new file with the memory alone takes the place of the old one. */
  async #compact(): Promise<void> {
    const temporary = `${this.#path}.new`;
    const text = [...this.#memory.compacted()].map(formatEntry).join('');
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
    await rename(temporary, this.#path);
    await this.#reopen();
    await this.#readOn();
    this.#compactAt = Math.max(this.#limits.size, this.#size * 2);
  }
}
