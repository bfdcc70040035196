import { hash } from 'node:crypto';
import { fileStamp, readUsers, type User } from './users-file.ts';
import { secretHash } from './secret.ts';

/** How long a look at the file holds; milliseconds of a clock that nobody sets. */
const looked = 500;

/** Who may use the console, as the file says now: whoever was removed from it is out within a second. */
export class Users {
  readonly #file: string;
  /** The config names the file: without it nobody may come in, rather than everybody of this machine. */
  readonly #required: boolean;
  #users: readonly User[] | undefined;
  #stamp: string | undefined;
  #lookedAt = -Infinity;

  constructor(file: string, required: boolean) {
    this.#file = file;
    this.#required = required;
  }

  /** Undefined: there are none, and whoever sits at this machine may act. Throws FaultyFileError. */
  get all(): readonly User[] | undefined {
    const now = performance.now();
    if (now - this.#lookedAt > looked) {
      const stamp = fileStamp(this.#file);
      if (stamp !== this.#stamp || this.#lookedAt === -Infinity) this.#users = readUsers(this.#file);
      this.#stamp = stamp;
      this.#lookedAt = now;
    }
    const users = this.#users ?? [];
    return users.length > 0 || this.#required ? users : undefined;
  }

  find(name: string): User | undefined {
    return this.all?.find((user) => user.name === name);
  }

  /** Whose token that is. */
  withToken(token: string): User | undefined {
    const wanted = secretHash(token);
    return this.all?.find(({ tokens }) => tokens.some((each) => each.hash === wanted));
  }
}

/** Changes with the password and with whoever bears the name, so that sessions of the one before end. */
export function stampOf({ password, since }: User): string {
  return hash('sha256', `stamp ${password ?? ''}${since === undefined ? '' : ` ${since}`}`).slice(0, 16);
}
