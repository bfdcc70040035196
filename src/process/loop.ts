/** What a loop does and how it waits. */
export interface LoopParts {
  /** One round; resolves with the milliseconds until the next one, 0 for at once. */
  readonly round: () => Promise<number>;
  /** Told of a round that failed; the loop goes on. */
  readonly failed: (error: unknown) => void;
  /** Milliseconds until the next round when one has failed. */
  readonly pause: number;
}

/** Work that is done again and again: when it is woken, or when the time that its last round asked for has passed. */
export class Loop {
  readonly #parts: LoopParts;
  readonly #stopping = new AbortController();
  #woken = false;
  #wake: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Aborted once it is to stop: a round that waits should wait no longer. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** The next round begins at once; one that is under way is followed by another. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Resolves when the round that is under way has ended; no other begins. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.signal.aborted) {
      this.#woken = false;
      let pause = this.#parts.pause;
      try {
        pause = await this.#parts.round();
      } catch (error) {
        this.#parts.failed(error);
      }
      if (pause > 0) await this.#rest(pause);
      // What woke it in one turn is done in one round.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (this.#woken || this.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds).unref();
    });
    this.#wake = () => undefined;
    clearTimeout(timer);
  }
}
