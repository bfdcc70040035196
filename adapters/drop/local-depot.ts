import { lstat, open, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Text } from '../../src/adapter.ts';
import { errorCode, ifPresent } from '../../src/toolkit.ts';
import type { WrittenFolder } from '../../src/toolkit.ts';
import { identityOf, syncFile, syncFolder } from './disk.ts';
import { holds, placeFile } from './place-file.ts';
import type { Depot, Hidden } from './depot.ts';

/** A folder of this machine, on a disk of its own or on a share. */
export class LocalDepot implements Depot {
  readonly #folder: WrittenFolder;

  constructor(folder: WrittenFolder) {
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder.folder;
  }

  open(make?: boolean): Promise<void> {
    return this.#folder.open(make);
  }

  problem(): Promise<Text | undefined> {
    return this.#folder.problem();
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  async identity(): Promise<string> {
    return identityOf(await stat(this.folder, { bigint: true }));
  }

  async exists(file: string): Promise<boolean> {
    return (await ifPresent(lstat(file))) !== undefined;
  }

  holds(file: string, bytes: Uint8Array): Promise<boolean> {
    return holds(file, bytes);
  }

  async writeHidden(file: string, bytes: Uint8Array): Promise<string> {
    await rm(file, { force: true });
    // Exclusively: others who may write to the folder cannot lead it elsewhere by a link.
    const handle = await open(file, 'wx', 0o660);
    try {
      await handle.writeFile(bytes);
      await syncFile(handle);
      return String((await handle.stat({ bigint: true })).ctimeNs);
    } catch (error) {
      await unlink(file).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
  }

  place(hidden: string, file: string): Promise<'placed' | 'taken'> {
    return placeFile(hidden, file);
  }

  async stateOf(hidden: string): Promise<Hidden> {
    const stats = await ifPresent(lstat(hidden, { bigint: true }));
    if (stats === undefined) return 'gone';
    return stats.nlink > 1n ? 'named' : { changed: String(stats.ctimeNs) };
  }

  async takeBack(hidden: string, back: string): Promise<boolean> {
    try {
      await rename(hidden, back);
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async remove(file: string): Promise<void> {
    await ifPresent(unlink(file));
  }

  flush(): Promise<void> {
    return syncFolder(this.folder);
  }

  close(): void {
    // Nothing is held.
  }
}
