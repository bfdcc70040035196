/** Milliseconds until the first look, and the longest between two. */
const soon = 60_000;
const seldom = 3_600_000;

/**
 * Reads files again that nobody changes, for what is undecided about them a quieter machine may decide: after a minute,
 * then twice as long each time.
 */
export class LaterReading {
  readonly #read: () => Promise<unknown>;
  readonly #first: number;
  #wait = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => Promise<unknown>, first = soon) {
    this.#read = read;
    this.#first = first;
  }

  /** After each reading: whether it left something undecided. */
  note(undecided: boolean): void {
    clearTimeout(this.#timer);
    this.#wait = undecided ? Math.min(Math.max(2 * this.#wait, this.#first), seldom) : 0;
    if (undecided) this.#timer = setTimeout(() => void this.#read(), this.#wait).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
