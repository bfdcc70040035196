import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GroupCommit } from '../database/group-commit.ts';
import { readSegment, sealEntry } from './segment.ts';

/** A file is ended and another begun beyond so many bytes: what a crash makes go in twice is no more than one file. */
const segmentBytes = 4 * 1024 ** 2;

const name = (number: number) => `${String(number).padStart(12, '0')}.spool`;

/**
 * Entries in files of a folder, in order: each is on the disk, sealed, when `add` resolves. A file goes when all in it
 * is taken; whoever dies before finds it again, so what is taken must bear to be taken twice.
 */
export class Spool {
  readonly #folder: string;
  readonly #key: Buffer;
  readonly #writes: GroupCommit<Buffer, true>;
  /** Numbers of files, oldest first; the last one may be open. */
  #segments: number[] = [];
  #handle: FileHandle | undefined;
  #size = 0;
  #waiting = 0;

  /** `key`: 32 bytes. */
  constructor(folder: string, key: Buffer) {
    this.#folder = folder;
    this.#key = key;
    this.#writes = new GroupCommit((entries) => this.#alone(() => this.#append(entries)));
  }

  /** Finds what an earlier process left, after what it may have torn was cut off. */
  async open(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(this.#folder)).filter((each) => /^\d{12}\.spool$/.test(each)).toSorted();
    this.#segments = names.map((each) => Number.parseInt(each, 10));
    for (const number of this.#segments) this.#waiting += (await this.#read(number)).entries.length;
    // What another process began is not written on.
    await this.#end();
  }

  /** Entries that nobody has taken yet, roughly: those of a file count until all of it is taken. */
  get waiting(): number {
    return this.#waiting;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /** On the disk when it resolves. Rejects when there is no room: nothing of it is left then. */
  async add(entry: Uint8Array): Promise<void> {
    await this.#writes.add(Buffer.from(entry));
  }

  /**
   * Hands the oldest file's entries over, and removes it when `take` resolves; false: there is none. Several at a time
   * would lose the order: one caller only.
   */
  async takeOldest(take: (entries: readonly Buffer[]) => Promise<void>): Promise<boolean> {
    const [oldest] = this.#segments;
    if (oldest === undefined) return false;
    if (this.#segments.length === 1) await this.#alone(() => this.#end());
    const { entries, end } = await this.#read(oldest);
    await take(entries);
    const path = join(this.#folder, name(oldest));
    // What cannot be read stays, for whoever looks into it.
    await (end === 'damaged' ? rename(path, `${path}.damaged`) : rm(path, { force: true }));
    await syncFolder(this.#folder);
    this.#waiting -= entries.length;
    this.#segments = this.#segments.filter((each) => each !== oldest);
    return true;
  }

  async close(): Promise<void> {
    await this.#alone(() => this.#end());
  }

  /** One after the other: a file is not ended while it is written. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #turn: Promise<unknown> = Promise.resolve();

  async #append(entries: readonly Buffer[]): Promise<true[]> {
    const handle = await this.#current();
    const file = name(this.#segments.at(-1) ?? 0);
    const bytes = Buffer.concat(entries.map((entry) => sealEntry(this.#key, file, entry)));
    try {
      for (let done = 0; done < bytes.length;)
        done += (await handle.write(bytes, done, bytes.length - done, this.#size + done)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      // What did not fit is cut off again; a file that cannot even be cut is left, and read up to its last whole entry.
      await handle.truncate(this.#size).catch(() => this.#end());
      throw error;
    }
    this.#size += bytes.length;
    this.#waiting += entries.length;
    if (this.#size > segmentBytes) await this.#end();
    return entries.map(() => true);
  }

  async #current(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const number = Math.max((this.#segments.at(-1) ?? 0) + 1, this.#last + 1);
    const handle = await open(join(this.#folder, name(number)), 'wx', 0o600);
    try {
      await syncFolder(this.#folder);
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#last = number;
    this.#segments.push(number);
    this.#handle = handle;
    this.#size = 0;
    return handle;
  }

  /** A number is never given twice while the process lives: an entry is bound to the name of its file. */
  #last = 0;

  async #end(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  async #read(number: number): Promise<ReturnType<typeof readSegment>> {
    return readSegment(this.#key, name(number), await readFile(join(this.#folder, name(number))));
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some shares do not flush folders; the file itself was.
  } finally {
    await handle.close();
  }
}
