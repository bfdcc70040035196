import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import type { Transaction } from './executor.ts';
import { statement } from './statement.ts';

/** Another process has taken over what only one may do at a time. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

const extendLease = statement<{ name: string; holder: string; until: number }, { name: string }>((queries, value) =>
  queries
    .updateTable('leases')
    .set({ until: value('until') })
    .where('name', '=', value('name'))
    .where('holder', '=', value('holder'))
    .returning('name'),
);

/** Milliseconds that what a process works on stays its own unless it renews that; a crash costs at most this long. */
export const usualLease = 15_000;

/**
 * What only one process may do at a time, over all instances of a database. It runs out by itself when its holder dies.
 */
export class Lease {
  readonly #database: Database;
  readonly #name: string;
  readonly #holder = randomUUID();
  readonly #time: number;
  #until = 0;
  /** Whether this process has ever held it. */
  #taken = false;

  /** `time`: milliseconds it is held without being taken again. */
  constructor(database: Database, name: string, time: number) {
    this.#database = database;
    this.#name = name;
    this.#time = time;
  }

  /** Takes or keeps it; false while somebody else holds it. Asks the database only when half of the time has gone. */
  async take(now: number): Promise<boolean> {
    const left = this.#until - now;
    if (left > this.#time / 2 && left <= this.#time) return true;
    const row = await this.#database.queries
      .insertInto('leases')
      .values({ name: this.#name, holder: this.#holder, until: now + this.#time })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder: this.#holder, until: now + this.#time })
          .where((where) => where.or([where('leases.holder', '=', this.#holder), where('leases.until', '<=', now)])),
      )
      .returning('holder')
      .executeTakeFirst();
    const held = row?.holder === this.#holder;
    this.#until = held ? now + this.#time : 0;
    this.#taken ||= held;
    return held;
  }

  /** For `holdLease`, in the transaction that must not end under another holder. */
  hold(now: number): HeldLease {
    return { name: this.#name, holder: this.#holder, until: now + this.#time };
  }

  /** Something failed that may mean it is lost: the database is asked at the next take. */
  doubt(): void {
    this.#until = 0;
  }

  async release(): Promise<void> {
    if (!this.#taken) return;
    this.#until = 0;
    await this.#database.queries
      .deleteFrom('leases')
      .where('name', '=', this.#name)
      .where('holder', '=', this.#holder)
      .execute();
  }
}

export interface HeldLease {
  readonly name: string;
  readonly holder: string;
  readonly until: number;
}

/** Within a transaction: nobody else can commit under this lease until it ends. Throws LeaseLostError. */
export async function holdLease(transaction: Transaction, { name, holder, until }: HeldLease): Promise<void> {
  const held = await extendLease(transaction, { name, holder, until });
  if (held.length === 0) throw new LeaseLostError(`the lease "${name}" belongs to another process now`);
}
