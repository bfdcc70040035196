/** Milliseconds that an address found once stays known: people change theirs seldom, and look-ups have limits. */
const knownFor = 60 * 60 * 1000;

/** More people than a firm writes to within an hour; beyond it the oldest are asked for again. */
const most = 10_000;

/** Whom a chat calls what, by e-mail address, for a while. */
export class KnownPeople {
  readonly #ids = new Map<string, { readonly id: string; readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#ids.size;
  }

  find(address: string): string | undefined {
    const known = this.#ids.get(address);
    const now = this.#now();
    // What seems to be known for longer was learned before the clock leapt.
    return known !== undefined && known.until > now && known.until <= now + knownFor ? known.id : undefined;
  }

  keep(address: string, id: string): void {
    this.#ids.delete(address);
    this.#ids.set(address, { id, until: this.#now() + knownFor });
    for (const oldest of this.#ids.keys()) {
      if (this.#ids.size <= most) return;
      this.#ids.delete(oldest);
    }
  }
}
