/** One post that a chat took. */
export interface Post {
  readonly chat: string;
  readonly text: string;
  /** Milliseconds since 1970, by the stand-in's clock. */
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Rates {
  /** Posts a second into one chat. */
  readonly chat: number;
  /** Posts a second in all. */
  readonly all: number;
  /** Posts a minute into a group, whose id is negative. */
  readonly group?: number;
}

/**
 * What a stand-in took, and whether its rates allow one more; it refuses like the chat does and notes who broke a rule.
 */
export class Posts {
  readonly taken: Post[] = [];
  /** Posts that came faster than the rates allow. */
  broken = 0;
  readonly #rates: Rates;
  readonly #now: () => number;

  constructor(rates: Rates, now: () => number = Date.now) {
    this.#rates = rates;
    this.#now = now;
  }

  /** Seconds that the sender has to wait; undefined: it was taken. */
  take(chat: string, text: string, body: Readonly<Record<string, unknown>>): number | undefined {
    const at = this.#now();
    const lately = this.taken.filter((post) => at - post.at < 1000);
    if (lately.length >= this.#rates.all || lately.filter((post) => post.chat === chat).length >= this.#rates.chat) {
      this.broken += 1;
      return 1;
    }
    const ofGroup = chat.startsWith('-')
      ? this.taken.filter((post) => post.chat === chat && at - post.at < 60_000)
      : [];
    if (ofGroup.length >= (this.#rates.group ?? Infinity)) {
      this.broken += 1;
      return 60;
    }
    this.taken.push({ chat, text, at, body });
    return undefined;
  }
}

export function fieldsOf(json: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(json === '' ? '{}' : json);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
