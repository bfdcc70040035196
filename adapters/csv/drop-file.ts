import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { csvLine } from './cells.ts';
import { endsForeign, lookOf } from './look.ts';
import { errorCode, ifPresent } from '../../src/toolkit.ts';
import { hashOf, identityOf, syncFile, syncFolder } from '../drop/disk.ts';
import type { AppendIntent, RowMark } from '../drop/entry.ts';
import type { CsvFormat } from './format.ts';

// Enough for any header, and for a look at what follows.
const headSize = 256 * 1024;
const lineFeed = 0x0a;

/** One file of the drop folder, open for one batch: rows are gathered, then appended by a single write. */
export class DropFile {
  readonly path: string;
  /** Saved by another program in another form: nothing may be added to it. */
  isForeign = false;
  /** The columns in their order; undefined as long as the file is empty. */
  #columns: readonly string[] | undefined;
  readonly #handle: FileHandle;
  readonly #format: CsvFormat;
  readonly #identity: string;
  readonly #offset: number;
  readonly #marks: RowMark[] = [];
  readonly #bytes: Buffer[] = [];

  private constructor(file: string, handle: FileHandle, format: CsvFormat, identity: string, offset: number) {
    this.path = file;
    this.#handle = handle;
    this.#format = format;
    this.#identity = identity;
    this.#offset = offset;
  }

  /** Begins an empty file when there is none; owner and group may read it, whoever takes it needs no more. */
  static async open(file: string, format: CsvFormat): Promise<DropFile> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW;
    const handle = (await ifPresent(open(file, flags))) ?? (await create(file, flags));
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) throw Object.assign(new Error('not a plain file'), { code: 'EISDIR' });
      const drop = new DropFile(file, handle, format, identityOf(stats), Number(stats.size));
      if (drop.#offset > 0) await drop.#readOn();
      return drop;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Whether a row with these columns can stand here: an own order needs the very header, else missing cells stay empty.
   */
  fits(columns: readonly string[]): boolean {
    if (this.isForeign) return false;
    const here = this.#columns;
    if (here === undefined) return true;
    if (this.#format.columns !== undefined)
      return here.length === columns.length && here.every((column, index) => column === columns[index]);
    return columns.every((column) => here.includes(column));
  }

  add(key: string, cells: ReadonlyMap<string, string>): void {
    if (this.#columns === undefined) {
      this.#columns = [...cells.keys()];
      const header = this.#format.header
        ? this.#format.charset.encode(csvLine(this.#columns, this.#format.delimiter))
        : Buffer.alloc(0);
      this.#push(null, Buffer.concat([this.#format.charset.mark, header]));
    }
    this.#push(
      key,
      this.#format.charset.encode(
        csvLine(
          this.#columns.map((column) => cells.get(column) ?? ''),
          this.#format.delimiter,
        ),
      ),
    );
  }

  get intent(): AppendIntent {
    return { kind: 'append', file: this.path, identity: this.#identity, offset: this.#offset, rows: this.#marks };
  }

  /** Returns whether the rows are where readers look: false if the file was deleted meanwhile. */
  async append(): Promise<boolean> {
    await this.#handle.appendFile(Buffer.concat(this.#bytes));
    await syncFile(this.#handle);
    const now = await ifPresent(stat(this.path, { bigint: true }));
    if (now !== undefined && identityOf(now) === this.#identity) return true;
    // Renamed is fine: who renames a file before reading it finds the rows there.
    return (await this.#handle.stat()).nlink > 0;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #readOn(): Promise<void> {
    const head = await this.#read(0, headSize);
    const look = lookOf(head, this.#format, this.#offset <= headSize);
    const last = await this.#read(Math.max(0, this.#offset - 2), 2);
    if (look === 'foreign' || endsForeign(last)) {
      this.isForeign = true;
      return;
    }
    this.#columns = look;
    // Somebody edited the file and left the last line open.
    if (last.at(-1) !== lineFeed) this.#push(null, Buffer.from('\r\n'));
  }

  async #read(from: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.min(length, this.#offset - from));
    await this.#handle.read(bytes, 0, bytes.length, from);
    return bytes;
  }

  #push(key: string | null, bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#bytes.push(bytes);
    this.#marks.push({ key, length: bytes.length, hash: hashOf(bytes) });
  }
}

async function create(file: string, flags: number): Promise<FileHandle> {
  try {
    const handle = await open(file, flags | constants.O_CREAT | constants.O_EXCL, 0o660);
    await syncFolder(path.dirname(file));
    return handle;
  } catch (error) {
    // It came into being this very moment.
    if (errorCode(error) === 'EEXIST') return open(file, flags);
    throw error;
  }
}
