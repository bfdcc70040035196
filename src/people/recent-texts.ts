/** Characters kept: what the dispatcher has not caught up with in a busy second. */
const room = 8 * 1024 ** 2;

/** A record, and the text of its key where that is kept as its hash; null: it is kept as it is. */
export interface RecentText {
  readonly record: string;
  readonly key: string | null;
}

/** Records that this process has just sealed, by their seal, so that they need not be opened a moment later. */
export class RecentTexts {
  readonly #texts = new Map<number, RecentText>();
  #size = 0;

  keep(seal: number, text: RecentText): void {
    this.#texts.set(seal, text);
    this.#size += text.record.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#size <= room) return;
      this.take(oldest);
    }
  }

  take(seal: number): RecentText | undefined {
    const text = this.#texts.get(seal);
    if (text === undefined) return undefined;
    this.#texts.delete(seal);
    this.#size -= text.record.length;
    return text;
  }
}
