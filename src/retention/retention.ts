import type { Audit } from '../audit/audit.ts';
import type { Retention as Ages } from '../config/keeping.ts';
import type { Database } from '../database/database.ts';
import { Lease, usualLease } from '../database/lease.ts';
import { Loop } from '../process/loop.ts';
import { clearAttempts, clearDead, clearDeliveries } from './clear-deliveries.ts';
import { clearEvents, type Cleared, type OldBodies } from './clear-events.ts';
import { clearBulks, clearDeliveryRows, clearEventRows, clearMappingDrafts } from './clear-rows.ts';

export interface RetentionParts {
  readonly database: Database;
  readonly audit: Audit;
  /** Undefined: nothing is deleted. */
  readonly ages: Ages | undefined;
  readonly now: () => number;
  /** Files of Huntflow that came before a time; returns how many went. */
  readonly clearFiles: (before: number) => Promise<number>;
  /** Copies of the whole database, and what adapters keep, from before a time; returns how many went. */
  readonly clearCopies: (before: number) => Promise<number>;
  /** Told of each pass that cleared anything. */
  readonly cleared: (counts: Readonly<Record<string, number>>) => void;
  readonly failed: (error: unknown) => void;
}

/** Rows of a transaction: whoever keeps a webhook meanwhile waits for no more than these. */
const batch = 25;

/** Between two of them, milliseconds: nine tenths of the time the database is the others'. */
const breath = 50;

/** Between two passes. */
const pause = 3_600_000;

/**
 * Clears away what is older than it is to be kept, a little at a time, one instance of all. What was there is still
 * listed until its row goes too; dedupe keys, `once` and references stay.
 */
export class Retention {
  readonly #parts: RetentionParts;
  readonly #lease: Lease;
  readonly #loop: Loop;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.database, 'retention', usualLease);
    this.#loop = new Loop({
      round: async () => ((await this.pass(breath)) ? pause : usualLease),
      failed: parts.failed,
      pause: 60_000,
    });
  }

  start(): void {
    if (this.#parts.ages !== undefined) this.#loop.start();
  }

  async stop(): Promise<void> {
    if (this.#parts.ages === undefined) return;
    await this.#loop.stop();
    await this.#lease.release().catch(() => undefined); // it runs out by itself
  }

  /** All that is due now; false when another instance does it. `breath`: milliseconds between two batches. */
  async pass(breath = 0): Promise<boolean> {
    const { ages, now, database } = this.#parts;
    if (ages === undefined) return true;
    if (!(await this.#lease.take(now()))) return false;
    const counts: Record<string, number> = {};
    for (const [kind, work] of this.#kinds(ages, now())) {
      const count = await work(breath);
      if (count === undefined) return false;
      if (count > 0) counts[kind] = count;
    }
    if (Object.keys(counts).length > 0) {
      this.#parts.cleared(counts);
      await database.reclaim(this.#loop.signal, breath);
    }
    return true;
  }

  /** Each with how many it cleared; undefined: another instance took over, or the service stops. */
  #kinds(ages: Ages, now: number): [string, (breath: number) => Promise<number | undefined>][] {
    const { database, audit } = this.#parts;
    const actor = audit.actor('retention', 'service');
    const deliveries = (from: number) =>
      database.call(clearDeliveries, { before: now - ages.delivered, from, most: batch });
    const events = (state: OldBodies['state'], age: number) => (from: number) =>
      database.call(clearEvents, { state, before: now - age, from, most: batch });
    const rows = (above: number) => ({ before: now - ages.rows, above, most: batch * 4 });
    const kinds: [string, number, (from: number) => Promise<Cleared>][] = [
      ['dead', ages.dead, (from) => database.call(clearDead, { before: now - ages.dead, from, actor, now })],
      ['delivered', ages.delivered, deliveries],
      ['mapped', ages.delivered, events('mapped', ages.delivered)],
      ['skipped', ages.skipped, events('skipped', ages.skipped)],
      ['quarantined', ages.skipped, events('quarantined', ages.skipped)],
      ['failed', ages.dead, events('failed', ages.dead)],
      [
        'attempts',
        ages.attempts,
        (above) => database.call(clearAttempts, { before: now - ages.attempts, above, most: batch * 10 }),
      ],
      ['deliveryRows', ages.rows, (above) => database.call(clearDeliveryRows, rows(above))],
      ['eventRows', ages.rows, (above) => database.call(clearEventRows, rows(above))],
      ['bulks', ages.rows, (above) => database.call(clearBulks, rows(above))],
      ['drafts', ages.rows, (above) => database.call(clearMappingDrafts, rows(above))],
    ];
    const { clearFiles, clearCopies } = this.#parts;
    const shortest = Math.min(ages.delivered, ages.skipped, ages.dead, ages.attachments);
    return [
      ...kinds
        .filter(([, age]) => age !== Infinity)
        .map(([kind, , work]): [string, (breath: number) => Promise<number | undefined>] => [
          kind,
          (breath) => this.#batches(work, breath),
        ]),
      ['files', async () => (ages.attachments === Infinity ? 0 : clearFiles(now - ages.attachments))],
      ['copies', async () => (shortest === Infinity ? 0 : clearCopies(now - shortest))],
    ];
  }

  async #batches(work: (from: number) => Promise<Cleared>, breath: number): Promise<number | undefined> {
    let count = 0;
    for (let from: number | undefined = 0; from !== undefined;) {
      if (this.#loop.signal.aborted || !(await this.#lease.take(this.#parts.now()))) return undefined;
      const cleared: Cleared = await work(from);
      count += cleared.count;
      from = cleared.next;
      if (breath > 0) await new Promise((resolve) => setTimeout(resolve, breath));
    }
    return count;
  }
}
