/** Characters kept: what the dispatcher has not caught up with in a busy second. */
const room = 8 * 1024 ** 2;

/** Records that this process has just sealed, by their seal, so that they need not be opened a moment later. */
export class RecentTexts {
  readonly #texts = new Map<number, string>();
  #size = 0;

  keep(seal: number, text: string): void {
    this.#texts.set(seal, text);
    this.#size += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#size <= room) return;
      this.take(oldest);
    }
  }

  take(seal: number): string | undefined {
    const text = this.#texts.get(seal);
    if (text === undefined) return undefined;
    this.#texts.delete(seal);
    this.#size -= text.length;
    return text;
  }
}
