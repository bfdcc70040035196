/** Keeps to a number of deliveries a second by spacing them evenly, with one second's worth to catch up. */
export class Pace {
  readonly #interval: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#interval = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  /** How many of `most` may begin now. */
  allowed(now: number, most: number): number {
    if (this.#interval === 0) return most;
    this.#next = Math.max(this.#next, now - 1000 + this.#interval);
    return this.#next > now ? 0 : Math.min(most, Math.floor((now - this.#next) / this.#interval) + 1);
  }

  spend(count: number): void {
    this.#next += count * this.#interval;
  }

  /** When the next one may begin; milliseconds since 1970, 0 when there is no pace to keep. */
  get nextAt(): number {
    return this.#interval === 0 ? 0 : this.#next;
  }
}
