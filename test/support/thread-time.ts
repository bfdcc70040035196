/** Processor time of this thread so far, milliseconds. Unlike the clock's, it stands still while others on the machine work. */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Watches how long this thread is at work on one thing while others wait for it. */
export class Turns {
  #longest = 0;
  #last = threadTime();
  readonly #timer = setInterval(() => this.#look(), 5);

  /** Ends the watch; the longest turn in milliseconds of processor time. */
  end(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#longest;
  }

  #look(): void {
    const now = threadTime();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}
