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
  readonly now: number;
}

const longestWait = 900_000;
/** Failures that are older count no more. */
const forgotten = 86_400_000;

const selectFailures = statement<{ hash: string }, FailureRow>({
  sqlite: 'select failures, last_at from login_failures where hash = :hash',
  postgres: 'select failures, last_at from login_failures where hash = :hash for update',
});

const writeFailure = statement<{ hash: string; failures: number; now: number }>(`
  insert into login_failures (hash, failures, last_at) values (:hash, :failures, :now)
  on conflict (hash) do update set failures = excluded.failures, last_at = excluded.last_at`);

const deleteOld = statement<{ before: number }>('delete from login_failures where last_at < :before');

const forget = statement<{ hash: string }>('delete from login_failures where hash = :hash');

const takeBack = statement<{ hash: string }>(
  'update login_failures set failures = failures - 1 where hash = :hash and failures > 0',
);

/**
 * Milliseconds until whoever tries may try again; 0: now, and the try counts as failed until it turns out well, so that
 * many at once are no way around.
 */
export const beginLogin = new Procedure('beginLogin', async (transaction, tries: readonly Try[]): Promise<number> => {
  let wait = 0;
  for (const { hash: key, free, now } of tries) {
    const [row] = await selectFailures(transaction, { hash: key });
    const over = row === undefined ? 0 : row.failures - free;
    const pause = over < 0 || row === undefined ? 0 : Math.min(1000 * 2 ** Math.min(over, 20), longestWait);
    // One of a clock that was ahead is over.
    if (row !== undefined && row.last_at <= now) wait = Math.max(wait, row.last_at + pause - now);
  }
  if (wait > 0) return wait;
  for (const { hash: key, now } of tries) {
    await deleteOld(transaction, { before: now - forgotten });
    const [row] = await selectFailures(transaction, { hash: key });
    await writeFailure(transaction, { hash: key, failures: (row?.failures ?? 0) + 1, now });
  }
  return 0;
});

/** It turned out well: of the address only this try is taken back, for others come from there too. */
export const endLogin = new Procedure(
  'endLogin',
  async (transaction, { user, address }: { readonly user: string; readonly address: string }): Promise<void> => {
    await forget(transaction, { hash: user });
    await takeBack(transaction, { hash: address });
  },
);

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
    const now = this.#now();
    return this.#database.call(beginLogin, [
      { hash: keyOf('user', user), free: 5, now },
      { hash: keyOf('from', address), free: 50, now },
    ]);
  }

  succeeded(user: string, address: string): Promise<void> {
    return this.#database.call(endLogin, { user: keyOf('user', user), address: keyOf('from', address) });
  }
}

function keyOf(kind: string, text: string): string {
  return hash('sha256', `${kind} ${text.slice(0, 1000).toLowerCase()}`);
}
