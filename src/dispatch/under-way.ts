import type { Claim } from '../outbox/delivery.ts';

/** A claim that this process holds, until its end is written. */
export interface Running {
  readonly claim: Claim;
  readonly abort: AbortController;
  readonly end: Promise<void>;
  /** When it began, milliseconds of a clock that nobody sets. */
  readonly since: number;
  /** Until when nobody else can have it, by the same clock. */
  readonly lease: { sureUntil: number };
  /** The target has the record: all that is left is to write so. */
  taken: boolean;
  /** Somebody was told that it does not end. */
  told: boolean;
}

/** The attempts of one target that are under way in this process. */
export class UnderWay {
  readonly #concurrency: number;
  readonly #running = new Set<Running>();

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  get all(): readonly Running[] {
    return [...this.#running];
  }

  get size(): number {
    return this.#running.size;
  }

  /**
   * How many more may begin. What the target has taken makes room before that is written, so that its end and the next
   * claim are one commit; but no more of them than may be under way, for a database that is away would let them pile
   * up.
   */
  get room(): number {
    let taken = 0;
    for (const running of this.#running) if (running.taken) taken += 1;
    return Math.min(this.#concurrency - (this.size - taken), 2 * this.#concurrency - this.size);
  }

  /** Those that have run for longer than that by now and that nobody was told of; they count as told. */
  endless(now: number, longest: number): readonly Running[] {
    const found = this.all.filter(({ told, since }) => !told && now - since > longest);
    for (const running of found) running.told = true;
    return found;
  }

  add(running: Running): void {
    this.#running.add(running);
  }

  delete(running: Running): void {
    this.#running.delete(running);
  }
}
