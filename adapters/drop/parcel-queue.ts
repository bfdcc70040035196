import type { Outcome, Outcomes, Parcel } from './parcel.ts';

interface Waiting<P extends Parcel> {
  readonly parcel: P;
  readonly settle: (outcome: Outcome | undefined) => void;
}

/** What comes while a batch is on its way to the disk goes together in the next one and shares its fsync. */
export class ParcelQueue<P extends Parcel> {
  readonly #write: (parcels: readonly P[]) => Promise<Outcomes<P>>;
  readonly #most: number;
  #waiting: Waiting<P>[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (parcels: readonly P[]) => Promise<Outcomes<P>>, most = 500) {
    this.#write = write;
    this.#most = most;
  }

  /** Resolves with the outcome; `undefined` as soon as its signal is aborted. */
  async add(parcel: P): Promise<Outcome | undefined> {
    if (parcel.signal.aborted) return undefined;
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one.parcel !== parcel);
        resolve(undefined);
      };
      parcel.signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push({
        parcel,
        settle: (outcome) => {
          parcel.signal.removeEventListener('abort', leave);
          resolve(outcome);
        },
      });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing is on its way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Those who call in the same turn of the event loop belong to the same batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      const outcomes = await this.#write(batch.map((one) => one.parcel));
      for (const { parcel, settle } of batch) settle(outcomes.get(parcel));
    }
    this.#running = undefined;
  }
}
