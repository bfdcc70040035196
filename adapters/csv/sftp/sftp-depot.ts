import { posix } from 'node:path';
import type { Stats } from 'ssh2';
import { type Text, UnavailableError } from '../../../src/adapter.ts';
import { errorCode } from '../../../src/toolkit.ts';
import type { Depot, Hidden } from '../../drop/depot.ts';
import { failureOf } from '../../drop/failure.ts';
import type { SftpConnection } from './connection.ts';

// What every server takes in one packet (draft-ietf-secsh-filexfer-02, 6.4).
const chunk = 32 * 1024;

/**
 * A folder of an SFTP server. A hidden file gets its name by a rename, which the protocol forbids to replace anything,
 * and is gone then: that tells a file that is out from one that is not, also after an answer was lost.
 */
export class SftpDepot implements Depot {
  readonly folder: string;
  readonly #connection: SftpConnection;
  readonly #path: string;
  readonly #create: boolean;

  /** @param place the address for people, without a folder. */
  constructor(connection: SftpConnection, place: string, path: string, create: boolean) {
    this.#connection = connection;
    this.#path = path;
    this.#create = create;
    this.folder = `${place}/${path.replace(/^\//, '')}`;
  }

  async open(make = true): Promise<void> {
    try {
      const stats = await this.#stat(this.#path);
      if (stats?.isDirectory() === false) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
      if (stats !== undefined) return;
      if (!make || !this.#create) throw missing(this.folder);
      await this.#connection.ask((session, done) => session.mkdir(this.#path, { mode: 0o770 }, done));
    } catch (error) {
      throw failureOf(error, this.folder);
    }
  }

  async problem(): Promise<Text | undefined> {
    try {
      await this.open(false);
      return undefined;
    } catch (error) {
      if (error instanceof UnavailableError) return error.text;
      throw error;
    }
  }

  path(name: string): string {
    return posix.join(this.#path, name);
  }

  async identity(): Promise<string> {
    return this.folder;
  }

  async exists(file: string): Promise<boolean> {
    return (await this.#stat(file)) !== undefined;
  }

  async holds(file: string, bytes: Uint8Array): Promise<boolean> {
    const stats = await this.#stat(file);
    if (stats?.isFile() !== true || stats.size !== bytes.length) return false;
    let content: Buffer | undefined;
    await this.#connection.ask((session, done) =>
      session.readFile(file, {}, (error, read) => {
        content = read;
        done(error);
      }),
    );
    return content !== undefined && Buffer.compare(content, bytes) === 0;
  }

  async writeHidden(file: string, bytes: Uint8Array): Promise<undefined> {
    await this.remove(file);
    const handle = await this.#newFile(file);
    const close = () => this.#connection.ask((session, done) => session.close(handle, done));
    try {
      for (let at = 0; at < bytes.length; at += chunk) {
        const piece = Buffer.from(bytes.subarray(at, at + chunk));
        await this.#connection.ask((session, done) => session.write(handle, piece, 0, piece.length, at, done));
      }
      await this.#sync(handle);
    } catch (error) {
      // A session that broke took its handles along.
      if (!(error instanceof UnavailableError)) await close().catch(() => undefined);
      throw error;
    }
    await close();
    // A server may answer before its disk did.
    if ((await this.#stat(file))?.size !== bytes.length) throw Object.assign(new Error('short'), { code: 'ENOSPC' });
  }

  async place(hidden: string, file: string): Promise<'placed' | 'taken'> {
    // Some servers replace although they must not.
    if (await this.exists(file)) return 'taken';
    try {
      await this.#connection.ask((session, done) => session.rename(hidden, file, done));
      return 'placed';
    } catch (error) {
      if (errorCode(error) === 'EIO' && (await this.exists(hidden)) && (await this.exists(file))) return 'taken';
      throw error;
    }
  }

  async stateOf(hidden: string): Promise<Hidden> {
    return (await this.exists(hidden)) ? { changed: undefined } : 'gone';
  }

  async takeBack(hidden: string, back: string): Promise<boolean> {
    try {
      await this.#connection.ask((session, done) => session.rename(hidden, back, done));
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async remove(file: string): Promise<void> {
    try {
      await this.#connection.ask((session, done) => session.unlink(file, done));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  async flush(): Promise<void> {
    // The protocol flushes no folders.
  }

  close(): void {
    this.#connection.close();
  }

  async #newFile(file: string): Promise<Buffer> {
    let handle: Buffer | undefined;
    await this.#connection.ask((session, done) =>
      session.open(file, 'wx', { mode: 0o660 }, (error, opened) => {
        handle = opened;
        done(error);
      }),
    );
    if (handle === undefined) throw Object.assign(new Error('no handle'), { code: 'EIO' });
    return handle;
  }

  /** An extension of OpenSSH; others flush when they like. */
  async #sync(handle: Buffer): Promise<void> {
    try {
      await this.#connection.ask((session, done) => session.ext_openssh_fsync(handle, done));
    } catch (error) {
      if (errorCode(error) !== 'ENOTSUP') throw error;
    }
  }

  async #stat(path: string): Promise<Stats | undefined> {
    let stats: Stats | undefined;
    try {
      await this.#connection.ask((session, done) =>
        session.lstat(path, (error, found) => {
          stats = found;
          done(error);
        }),
      );
      return stats;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}

function missing(folder: string): UnavailableError {
  return new UnavailableError({
    ru: `${folder}: на сервере нет этой папки; создайте её или добавьте в настройки цели create: true.`,
    en: `${folder}: the server has no such folder; make it, or add create: true to the settings of the target.`,
  });
}
