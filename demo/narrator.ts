import type { Language, Text } from '../src/text.ts';

/** Tells the story on standard output, in the reader's language, and keeps what did not come out as it should. */
export class Narrator {
  readonly #language: Language;
  readonly #wrong: string[] = [];
  #step = 0;

  constructor(language: Language) {
    this.#language = language;
  }

  in(text: Text): string {
    return text[this.#language];
  }

  say(text: Text): void {
    console.log(this.in(text));
  }

  /** The next numbered step. */
  step(title: Text): void {
    this.#step += 1;
    console.log(`\n${this.#step}. ${this.in(title)}`);
  }

  /** Lines of the step, columns aligned; the last one is wrapped to the width of the terminal. */
  rows(rows: readonly (readonly string[])[]): void {
    const columns = Math.max(0, ...rows.map((row) => row.length));
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(...rows.map((row) => (column < row.length - 1 ? (row[column]?.length ?? 0) : 0))),
    );
    for (const row of rows) {
      const before = row
        .slice(0, -1)
        .map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `)
        .join('');
      const [first = '', ...rest] = wrapped(row.at(-1) ?? '', (process.stdout.columns ?? Infinity) - 3 - before.length);
      console.log(`   ${before}${first}`);
      for (const line of rest) console.log(`   ${' '.repeat(before.length)}${line}`);
    }
  }

  /** Notes it down unless it is so. */
  expect(so: boolean, text: Text): void {
    if (!so) this.#wrong.push(this.in(text));
  }

  get wrong(): readonly string[] {
    return this.#wrong;
  }
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= Math.max(width, 20))
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
