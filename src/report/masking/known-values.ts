import { plainWords } from './plain-words.ts';

/** Words of a record that are looked at, and characters of one value: more of a record is nobody's name. */
const most = { words: 4000, value: 2000, depth: 40 } as const;

/**
 * What a record says of a person, to be found again in what a target says about it: in other letters, in another case
 * of Russian, cut into words.
 */
export class KnownValues {
  /** Begins of words by their first three letters. */
  readonly #stems = new Map<string, Set<string>>();
  readonly #exact = new Set<string>();
  readonly #constants: ReadonlySet<string>;
  readonly #constantWords = new Set<string>();
  #left: number = most.words;

  /** @param constants texts that the mapping wrote itself, and names of fields; they are nobody's. */
  constructor(record: unknown, constants: ReadonlySet<string> = new Set()) {
    this.#constants = constants;
    this.#take(record, constants, most.depth);
    for (const text of constants)
      for (const [word] of text.slice(0, most.value).matchAll(/[\p{L}\p{M}\p{N}]+/gu))
        if (this.#constantWords.size < most.words) this.#constantWords.add(plainWord(word));
  }

  /** The mapping wrote it. */
  isConstant(text: string): boolean {
    return this.#constants.has(text);
  }

  /** A word of what the mapping wrote, which no data has. */
  isConstantWord(word: string): boolean {
    return this.#constantWords.has(plainWord(word)) && !this.has(word);
  }

  has(word: string): boolean {
    const plain = plainWord(word);
    if (this.#exact.has(plain)) return true;
    if (plain.length < 3) return false;
    for (const stem of this.#stems.get(plain.slice(0, 3)) ?? [])
      if (plain.startsWith(stem) && plain.length - stem.length <= 5) return true;
    return false;
  }

  #take(value: unknown, constants: ReadonlySet<string>, depth: number): void {
    if (this.#left <= 0 || depth <= 0) return;
    if (typeof value === 'string') {
      if (!constants.has(value) && !isName(value)) this.#takeText(value.slice(0, most.value));
    } else if (typeof value === 'number') this.#takeText(String(value));
    else if (typeof value === 'object' && value !== null)
      for (const item of Object.values(value)) this.#take(item, constants, depth - 1);
  }

  #takeText(text: string): void {
    for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      if (this.#left <= 0) return;
      const plain = plainWord(word);
      if (plainWords.has(plain) || plain.length < 2) continue;
      this.#left -= 1;
      this.#exact.add(plain);
      if (plain.length < 4 || /\p{N}/u.test(plain)) continue;
      const stem = plain.slice(0, Math.max(3, plain.length - (plain.length > 5 ? 2 : 1)));
      const begin = plain.slice(0, 3);
      const stems = this.#stems.get(begin);
      if (stems === undefined) this.#stems.set(begin, new Set([stem]));
      else stems.add(stem);
    }
  }
}

/** Among the constants a number that the mapping wrote: it is one below this field only. */
export function constantNumber(field: string | undefined, number: number | string): string {
  return `${field ?? ''}=${number}`;
}

/** Lower case, `ё` as `е`, composed. */
export function plainWord(word: string): string {
  return word.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
}

/** What we write into a comment to find an object again, and the role of an entity: kinds and ids of Huntflow. */
const ofOurs =
  /^(?:HF [a-z_]{1,20} \d{1,19} [0-9a-f]{8}(?:[ ;,\n]+(?=HF |$)|$))+$|^(?:applicant|vacancy|offer|log|request) \d{1,19}$/;

/** A set of 1C or a key of its, or a token of ours. */
export function isName(value: string): boolean {
  return (
    (value.length <= 400 && ofOurs.test(value)) ||
    (value.length === 36 && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) ||
    /^(?:Catalog|Document(?:Journal)?|Enum|Constant|Task|BusinessProcess|ExchangePlan|[A-Z][a-z]{4,11}Register|ChartOf[A-Za-z]{1,30}|StandardODATA\.[A-Za-z]{1,30})_[\p{L}\p{N}_]{1,100}$/u.test(
      value,
    )
  );
}
