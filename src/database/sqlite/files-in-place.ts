import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { errorCode } from '../../process/error-code.ts';

/** A file of the open database is not where it was: what is written goes where nobody will look for it. */
class FileMovedError extends Error {
  override readonly name = 'FileMovedError';
  /** As SQLite itself calls it, which looks for this in its rollback mode alone. */
  readonly code = 'SQLITE_READONLY_DBMOVED';

  constructor() {
    super('the database file was moved, replaced or deleted while it was open');
  }
}

/** Where the descriptors of this process lead, on systems that tell. */
const descriptors = '/proc/self/fd';

/**
 * Whether the files of an open database still stand where they were opened. On POSIX a process goes on writing a file
 * that somebody has moved away, replaced by a copy or deleted, and all that was answered 200 since is gone with it.
 * Asks for names alone, for to open and close such a file would drop its locks.
 */
export class FilesInPlace {
  /** The file and its write-ahead log. */
  readonly #paths: readonly string[];
  readonly #known = new Map<string, string>();

  constructor(path: string) {
    this.#paths = [path, `${path}-wal`];
  }

  /** To be called while the database is open and in a transaction; throws FileMovedError. */
  check(): void {
    for (const path of this.#paths) {
      const found = identityOf(path);
      const known = this.#known.get(path);
      if (found === known || found === 'unknown') continue;
      // The first look, or a file system whose numbers are not for ever: the descriptors know.
      if (known !== undefined && !isOpen(path)) throw new FileMovedError();
      if (found !== undefined) this.#known.set(path, found);
    }
  }
}

/** Undefined: it is not there. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev} ${ino}`;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? undefined : 'unknown';
  }
}

function isOpen(path: string): boolean {
  try {
    const place = realpathSync(path);
    return readdirSync(descriptors).some((descriptor) => leadsTo(descriptor) === place);
  } catch {
    return false;
  }
}

/** Undefined: it was closed meanwhile. */
function leadsTo(descriptor: string): string | undefined {
  try {
    return readlinkSync(`${descriptors}/${descriptor}`);
  } catch {
    return undefined;
  }
}
