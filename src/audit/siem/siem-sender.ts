import { hostname } from 'node:os';
import type { Database } from '../../database/database.ts';
import { Lease } from '../../database/lease.ts';
import { Loop } from '../../process/loop.ts';
import type { Audit } from '../audit.ts';
import { moveCursor, placeOf } from '../cursor.ts';
import { syslogMessage } from './cef.ts';
import { handOver, type SiemEnd } from './hand-over.ts';

/** Entries handed over at a time. */
const most = 500;

const pollTime = 1000;
const leaseTime = 60_000;

/** The wait after the first failure in a row, doubled with each further one up to the second, milliseconds. */
const [shortest, longest] = [1000, 60_000];

export const siemCursor = 'siem';

export interface SiemParts {
  readonly database: Database;
  readonly audit: Audit;
  readonly end: SiemEnd;
  readonly version: string;
  readonly now: () => number;
  /** Told of each failure, and of the first success after some. */
  readonly away: (error: unknown) => void;
  readonly back: () => void;
}

/**
 * Sends the audit on, in its order, one instance at a time. How far it has come stands in the database and moves only
 * when the other side has everything: whatever dies in between, an entry may come twice and none is left out.
 */
export class SiemSender {
  readonly #parts: SiemParts;
  readonly #lease: Lease;
  readonly #loop: Loop;
  #failures = 0;

  constructor(parts: SiemParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.database, 'audit to siem', leaseTime);
    this.#loop = new Loop({ round: () => this.#round(), failed: (error) => this.#fail(error), pause: shortest });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lease.release().catch(() => undefined); // it runs out by itself
  }

  async #round(): Promise<number> {
    const { database, audit, end, version, now } = this.#parts;
    if (!(await this.#lease.take(now()))) return pollTime;
    const from = await placeOf(database, siemCursor);
    const entries = await audit.after(from, most);
    const last = entries.at(-1);
    if (last === undefined) return pollTime;
    const sender = { hostname: hostname(), version, pid: process.pid };
    try {
      await handOver(Buffer.concat(entries.map((entry) => syslogMessage(entry, sender))), end, this.#loop.signal);
    } catch (error) {
      if (this.#loop.signal.aborted) return pollTime;
      this.#fail(error);
      return Math.min(shortest * 2 ** (this.#failures - 1), longest);
    }
    await database.call(moveCursor, { name: siemCursor, from, to: last.seq });
    if (this.#failures > 0) this.#parts.back();
    this.#failures = 0;
    return entries.length < most ? pollTime : 0;
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    this.#parts.away(error);
  }
}
