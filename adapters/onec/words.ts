/** Each text once, with a number, and as a text of its own: a slice would keep what it was cut from. */
export class Words {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const kept = Buffer.from(text, 'utf8').toString('utf8');
    this.#ids.set(kept, this.#texts.length);
    return this.#texts.push(kept) - 1;
  }

  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  kept(text: string): string {
    return this.text(this.id(text));
  }
}
