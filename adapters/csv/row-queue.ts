import type { Outcome, Outcomes, Row } from './row.ts';

interface Waiting {
  readonly row: Row;
  readonly settle: (outcome: Outcome | undefined) => void;
}

/** Rows that come while a batch is on its way to the disk go together in the next one and share its fsync. */
export class RowQueue {
  readonly #write: (rows: readonly Row[]) => Promise<Outcomes>;
  readonly #most: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (rows: readonly Row[]) => Promise<Outcomes>, most = 500) {
    this.#write = write;
    this.#most = most;
  }

  /** Resolves with the outcome; `undefined` as soon as the row's signal is aborted. */
  async add(row: Row): Promise<Outcome | undefined> {
    if (row.signal.aborted) return undefined;
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one.row !== row);
        resolve(undefined);
      };
      row.signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push({
        row,
        settle: (outcome) => {
          row.signal.removeEventListener('abort', leave);
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
      const outcomes = await this.#write(batch.map((one) => one.row));
      for (const { row, settle } of batch) settle(outcomes.get(row));
    }
    this.#running = undefined;
  }
}
