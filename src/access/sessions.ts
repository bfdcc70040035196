import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { closeSession, idleTime, openSession, touchSession, wholeTime } from './keep-session.ts';
import { newSecret, secretHash } from './secret.ts';

interface SessionRow {
  readonly user: string;
  readonly stamp: string;
  readonly created_at: number;
  readonly seen_at: number;
}

export interface Session {
  readonly hash: string;
  readonly user: string;
  /** Of the user when it began. */
  readonly stamp: string;
}

/** Seen less often than that is not written. */
const seenTime = 60_000;

const selectSession = statement<{ hash: string }, SessionRow>(
  'select "user", stamp, created_at, seen_at from sessions where hash = :hash',
);

/** Who is logged in, known to every instance; of their secrets only hashes are kept. */
export class Sessions {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** The secret, which nobody else knows. */
  async open(user: string, stamp: string): Promise<string> {
    const secret = newSecret();
    await this.#database.call(openSession, { hash: secretHash(secret), user, stamp, now: this.#now() });
    return secret;
  }

  /** Undefined: there is none, or it is over. What a page asks by itself keeps none alive: `attended` is false then. */
  async find(secret: string, attended: boolean): Promise<Session | undefined> {
    const hash = secretHash(secret);
    const [row] = await selectSession(this.#database.reads, { hash });
    const now = this.#now();
    if (row === undefined || now - row.seen_at > idleTime || now - row.created_at > wholeTime) return undefined;
    if (attended && now - row.seen_at > seenTime) await this.#database.call(touchSession, { hash, now });
    return { hash, user: row.user, stamp: row.stamp };
  }

  close(hash: string): Promise<void> {
    return this.#database.call(closeSession, hash);
  }
}
