import { hash } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

interface FailureRow {
  readonly failures: number;
  readonly last_at: number;
}

interface Try {
  readonly hash: string;
  /** Failures that cost no waiting. */
  readonly free: number;
}

interface Login {
  /** Of the user, wherever the tries come from. */
  readonly user: Try;
  /** Of this user from this address. */
  readonly pair: Try;
  readonly address: Try;
  /** Says that this user has come in from this address before. */
  readonly known: string;
  readonly now: number;
}

const longestWait = 900_000;
/** Failures that are older count no more; where somebody came in from is known for longer. */
const forgotten = 86_400_000;
const knownFor = 30 * 86_400_000;
/** In the place of a count, for a row that says no more than that it is there. */
const noCount = -1;

const selectFailures = statement<{ hash: string }, FailureRow>({
  sqlite: 'select failures, last_at from login_failures where hash = :hash',
  postgres: 'select failures, last_at from login_failures where hash = :hash for update',
});

const writeFailure = statement<{ hash: string; failures: number; now: number }>(`
  insert into login_failures (hash, failures, last_at) values (:hash, :failures, :now)
  on conflict (hash) do update set failures = excluded.failures, last_at = excluded.last_at`);

const deleteOld = statement<{ before: number; known: number }>(
  'delete from login_failures where last_at < :known or (last_at < :before and failures >= 0)',
);

const forget = statement<{ hash: string }>('delete from login_failures where hash = :hash');

const takeBack = statement<{ hash: string }>(
  'update login_failures set failures = failures - 1 where hash = :hash and failures > 0',
);

/**
 * Milliseconds until whoever tries may try again; 0: now, and the try counts as failed until it turns out well, so that
 * many at once are no way around. Where the user has come in from before, only what fails from there counts: nobody
 * elsewhere shuts a user out whose name he knows.
 */
export const beginLogin = new Procedure('beginLogin', async (transaction, login: Login): Promise<number> => {
  const { user, pair, address, known, now } = login;
  const [before] = await selectFailures(transaction, { hash: known });
  const tries = [isKnown(before, now) ? pair : user, address];
  let wait = 0;
  for (const { hash: key, free } of tries) {
    const [row] = await selectFailures(transaction, { hash: key });
    const over = row === undefined ? 0 : row.failures - free;
    const pause = over < 0 || row === undefined ? 0 : Math.min(1000 * 2 ** Math.min(over, 20), longestWait);
    // One of a clock that was ahead is over.
    if (row !== undefined && row.last_at <= now) wait = Math.max(wait, row.last_at + pause - now);
  }
  if (wait > 0) return wait;
  await deleteOld(transaction, { before: now - forgotten, known: now - knownFor });
  for (const { hash: key } of tries) {
    const [row] = await selectFailures(transaction, { hash: key });
    await writeFailure(transaction, { hash: key, failures: (row?.failures ?? 0) + 1, now });
  }
  return 0;
});

/** It turned out well: of the address only this try is taken back, for others come from there too. */
export const endLogin = new Procedure('endLogin', async (transaction, login: Login): Promise<void> => {
  const { user, pair, address, known, now } = login;
  const [before] = await selectFailures(transaction, { hash: known });
  // What others tried elsewhere in the name of somebody who is known here is not forgiven by it.
  await forget(transaction, { hash: isKnown(before, now) ? pair.hash : user.hash });
  await takeBack(transaction, { hash: address.hash });
  await writeFailure(transaction, { hash: known, failures: noCount, now });
});

/** After a few failures of one user, or many from one address, each further one costs twice the wait. */
export class Throttle {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Milliseconds to wait; 0: try. */
  begin(user: string, address: string): Promise<number> {
    return this.#database.call(beginLogin, this.#login(user, address));
  }

  succeeded(user: string, address: string): Promise<void> {
    return this.#database.call(endLogin, this.#login(user, address));
  }

  #login(user: string, address: string): Login {
    const both = `${user.slice(0, 200)} ${address}`;
    return {
      user: { hash: keyOf('user', user), free: 5 },
      pair: { hash: keyOf('pair', both), free: 5 },
      address: { hash: keyOf('from', address), free: 50 },
      known: keyOf('known', both),
      now: this.#now(),
    };
  }
}

function isKnown(before: FailureRow | undefined, now: number): boolean {
  return before !== undefined && before.last_at > now - knownFor;
}

function keyOf(kind: string, text: string): string {
  return hash('sha256', `${kind} ${text.slice(0, 1000).toLowerCase()}`);
}
