/** Watches a clock that people and NTP set, beside one that nobody sets. */
export class LeapWatch {
  readonly #now: () => number;
  readonly #ticks: () => number;
  #last: { readonly now: number; readonly ticks: number };

  /** `ticks`: milliseconds since any moment, by a clock that nobody sets. */
  constructor(now: () => number, ticks: () => number = () => performance.now()) {
    this.#now = now;
    this.#ticks = ticks;
    this.#last = { now: now(), ticks: ticks() };
  }

  /** Milliseconds by which the clock has leapt since the last look, negative: it was set back; a second is no leap. */
  look(): number {
    const seen = { now: this.#now(), ticks: this.#ticks() };
    const leap = seen.now - this.#last.now - (seen.ticks - this.#last.ticks);
    this.#last = seen;
    return Math.abs(leap) < 1000 ? 0 : leap;
  }
}
