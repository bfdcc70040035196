/**
 * A loop that wakes a little late may make up for this much, milliseconds; more would be a burst that the target
 * counts.
 */
const lateness = 100;

/** Keeps to a number of deliveries a second by spacing them evenly. */
export class Pace {
  readonly #interval: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#interval = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  /** How many of `most` may begin now. */
  allowed(now: number, most: number): number {
    if (this.#interval === 0) return most;
    // More than one interval ahead: the clock was set back, and waiting for that time to come again would stop the
    // target.
    if (this.#next < now - lateness || this.#next > now + this.#interval + lateness) this.#next = now;
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
