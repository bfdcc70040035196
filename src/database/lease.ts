import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import type { Transaction } from './connection.ts';
import { Procedure } from './procedure.ts';
import { statement } from './statement.ts';

/** Another process has taken over what only one may do at a time. */
class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

const extendLease = statement<HeldLease, { name: string }>(
  'update leases set until = :until where name = :name and holder = :holder returning name',
);

// One that ends further away than any lease lasts is of a clock that was ahead, and its holder may have died since.
const takeRow = statement<HeldLease & { now: number; far: number }, { holder: string }>(`
  insert into leases (name, holder, until) values (:name, :holder, :until)
  on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where leases.holder = excluded.holder or leases.until <= :now or leases.until > :far
  returning holder`);

const deleteRow = statement<{ name: string; holder: string }>(
  'delete from leases where name = :name and holder = :holder',
);

/** True for the one who holds it from now on. */
export const takeLease = new Procedure(
  'takeLease',
  async (transaction, values: HeldLease & { readonly now: number; readonly far: number }): Promise<boolean> =>
    (await takeRow(transaction, values)).length > 0,
);

export const releaseLease = new Procedure(
  'releaseLease',
  async (transaction, values: { readonly name: string; readonly holder: string }): Promise<void> => {
    await deleteRow(transaction, values);
  },
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
    const held = await this.#database.call(takeLease, { ...this.hold(now), now, far: now + 2 * this.#time + 5000 });
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
    await this.#database.call(releaseLease, { name: this.#name, holder: this.#holder });
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
