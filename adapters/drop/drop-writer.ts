import { failureOf } from './failure.ts';
import { Journal } from './journal.ts';
import { inDoubt } from './parcel.ts';
import { repair, tidy } from './repair.ts';
import { StateLock } from './state-lock.ts';
import type { Depot } from './depot.ts';
import type { Outcome, Outcomes, Parcel } from './parcel.ts';

/** What those who write have at hand while they hold the lock. */
export interface Desk {
  readonly depot: Depot;
  readonly stateFolder: string;
  readonly journal: Journal;
  /** Files whose last intent could not be settled yet, with the reason; nothing may be written to them. */
  readonly blocked: ReadonlyMap<string, Error>;
}

export interface DropWriterOptions<P extends Parcel> {
  readonly depot: Depot;
  readonly stateFolder: string;
  /** Milliseconds to wait for another process. */
  readonly lockTimeout: number;
  /** Writes what was not written before, and notes an outcome for each. */
  readonly write: (parcels: readonly P[], desk: Desk, outcomes: Outcomes<P>) => Promise<void>;
  /** What is to be done with what lies there, at each writing and whenever nothing is written. */
  readonly tend?: (desk: Desk) => Promise<void>;
}

/**
 * Writes records once: intent into the journal, bytes into the folder, outcome into the journal, under a lock between
 * processes. A journal that ends in an intent is settled before anything else is written.
 */
export class DropWriter<P extends Parcel> {
  readonly #options: DropWriterOptions<P>;
  readonly #journal: Journal;
  readonly #lock: StateLock;

  constructor(options: DropWriterOptions<P>) {
    this.#options = options;
    this.#journal = new Journal(options.stateFolder);
    this.#lock = new StateLock(options.stateFolder);
  }

  /** Everything gets an outcome, but for what has an aborted signal; it does not throw. */
  async write(parcels: readonly P[]): Promise<Outcomes<P>> {
    const outcomes: Outcomes<P> = new Map();
    try {
      await this.#lock.acquire(this.#options.lockTimeout, () => parcels.every(({ signal }) => signal.aborted));
      try {
        await this.#journal.refresh();
        await this.#commit(parcels, outcomes);
      } finally {
        await this.#lock.release();
      }
    } catch (error) {
      const failure: Outcome = {
        kind: 'failed',
        error: failureOf(error, this.#options.stateFolder),
      };
      // What has left keeps its outcome, whatever failed afterwards.
      for (const parcel of parcels) if (!outcomes.has(parcel)) outcomes.set(parcel, failure);
    }
    return outcomes;
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  async #commit(parcels: readonly P[], outcomes: Outcomes<P>): Promise<void> {
    const { depot, stateFolder, write } = this.#options;
    // Before anything is judged by what the folder holds: another disk at its place tells nothing.
    await depot.open(this.#journal.memory.open.length === 0);
    const blocked = await this.#settleOpen();
    const fresh = new Map<string, P>();
    const twins: P[] = [];
    const unsettled = this.#unsettledKeys(blocked);
    for (const parcel of parcels) {
      if (parcel.signal.aborted) continue;
      const unknown = unsettled.get(parcel.key);
      if (unknown !== undefined) outcomes.set(parcel, { kind: 'failed', error: unknown });
      else if (this.#journal.memory.hasWritten(parcel.key)) outcomes.set(parcel, { kind: 'there' });
      else if (this.#journal.memory.isDoubtful(parcel.key)) {
        await this.#journal.write([{ kind: 'asked', key: parcel.key }], false);
        outcomes.set(parcel, { kind: 'failed', error: inDoubt() });
      } else if (fresh.has(parcel.key)) twins.push(parcel);
      else fresh.set(parcel.key, parcel);
    }
    const desk: Desk = { depot, stateFolder, journal: this.#journal, blocked };
    try {
      if (fresh.size > 0) await write([...fresh.values()], desk, outcomes);
      await this.#options.tend?.(desk);
    } finally {
      for (const twin of twins) {
        const first = fresh.get(twin.key);
        const outcome = first && outcomes.get(first);
        if (outcome !== undefined) outcomes.set(twin, outcome.kind === 'written' ? { kind: 'there' } : outcome);
      }
    }
  }

  /** Records that may be out already, with why nobody knows yet: they take no other name meanwhile. */
  #unsettledKeys(blocked: ReadonlyMap<string, Error>): Map<string, Error> {
    const keys = new Map<string, Error>();
    for (const intent of this.#journal.memory.open) {
      const error = blocked.get(intent.file);
      if (error === undefined) continue;
      if (intent.kind === 'publish') keys.set(intent.key, error);
      else for (const { key } of intent.rows) if (key !== null) keys.set(key, error);
    }
    return keys;
  }

  /** What a crash or a full disk left half-way; returns the files that cannot be settled now. */
  async #settleOpen(): Promise<Map<string, Error>> {
    const blocked = new Map<string, Error>();
    for (const intent of this.#journal.memory.open) {
      try {
        const entry = await repair(intent, this.#options.depot);
        await this.#journal.write([entry], false);
        await tidy(intent, entry, this.#options.depot);
      } catch (error) {
        blocked.set(intent.file, failureOf(error, this.#options.depot.folder));
      }
    }
    return blocked;
  }
}
