/** One question for all who ask at a time, and its answer for whoever asks within a moment after it was put. */
export class Kept<Answer> {
  readonly #ask: () => Promise<Answer>;
  readonly #life: number;
  readonly #now: () => number;
  #last: { readonly at: number; readonly answer: Promise<Answer> } | undefined;

  /** `life`: milliseconds. `now`: of a clock that does not leap. */
  constructor(ask: () => Promise<Answer>, life: number, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#life = life;
    this.#now = now;
  }

  get(): Promise<Answer> {
    const last = this.#last;
    if (last !== undefined && this.#now() - last.at < this.#life) return last.answer;
    const asked = { at: this.#now(), answer: this.#ask() };
    this.#last = asked;
    // What could not be read is asked again at once.
    asked.answer.catch(() => {
      if (this.#last === asked) this.#last = undefined;
    });
    return asked.answer;
  }

  /** Something was changed: the next answer knows it. */
  forget(): void {
    this.#last = undefined;
  }
}
