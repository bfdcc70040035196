/** Writes a line about what happened `count` times, with the details of the last one. */
type Line = (count: number) => void;

/**
 * One line a minute for each kind of thing that strangers can cause as often as they like, so that nobody fills a disk
 * by it: the first time is told at once, the others of its minute together when it ends.
 */
export class LineAMinute {
  readonly #open = new Map<string, { count: number; line: Line }>();
  readonly #minute: number;

  /** `minute`: milliseconds. */
  constructor(minute = 60_000) {
    this.#minute = minute;
  }

  /** `kind`: of a set that the config bounds, never a stranger's words. */
  say(kind: string, line: Line): void {
    const open = this.#open.get(kind);
    if (open !== undefined) {
      open.count += 1;
      open.line = line;
      return;
    }
    this.#open.set(kind, { count: 0, line });
    this.#closeLater(kind);
    line(1);
  }

  /** Tells what has been counted and not told. */
  flush(): void {
    for (const open of this.#open.values()) {
      if (open.count > 0) open.line(open.count);
      open.count = 0;
    }
  }

  #closeLater(kind: string): void {
    setTimeout(() => {
      const open = this.#open.get(kind);
      if (open === undefined || open.count === 0) {
        this.#open.delete(kind);
        return;
      }
      const { count, line } = open;
      open.count = 0;
      line(count);
      this.#closeLater(kind);
    }, this.#minute).unref();
  }
}
