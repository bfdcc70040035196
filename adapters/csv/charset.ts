import iconv from 'iconv-lite';

export const encodings = ['utf-8-bom', 'utf-8', 'windows-1251', 'cp866', 'koi8-r', 'iso-8859-5'] as const;
export type Encoding = (typeof encodings)[number];

/** How text becomes the bytes of a file, and which text can. */
export class Charset {
  readonly encoding: Encoding;
  /** Of an encoding of single bytes, its characters; undefined where all fit. */
  readonly #characters: ReadonlySet<string> | undefined;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
    this.#characters = this.isUnicode ? undefined : charactersOf(encoding);
  }

  /** What a new file begins with: Excel reads UTF-8 only after a byte order mark. */
  get mark(): Buffer {
    return this.encoding === 'utf-8-bom' ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0);
  }

  /**
   * The text as readers will find it: composed (й may come as и and a breve, and the Greek question mark is a semicolon
   * then), and with the characters that the encoding lacks replaced. What is checked or quoted is this text, never the
   * one before.
   *
   * @param replace what stands for a character that the encoding lacks.
   */
  fit(text: string, replace: (character: string) => string): string {
    const composed = text.normalize('NFC');
    if (this.#characters === undefined ? composed.isWellFormed() : this.#hasAll(composed)) return composed;
    return Array.from(composed, (character) => (this.#has(character) ? character : replace(character))).join('');
  }

  /** Of a text that fits. */
  encode(text: string): Buffer {
    return this.isUnicode ? Buffer.from(text, 'utf8') : iconv.encode(text, this.encoding);
  }

  /** Without the byte order mark. */
  decode(bytes: Uint8Array): string {
    return iconv.decode(Buffer.from(bytes), this.isUnicode ? 'utf-8' : this.encoding);
  }

  get isUnicode(): boolean {
    return this.encoding === 'utf-8' || this.encoding === 'utf-8-bom';
  }

  #has(character: string): boolean {
    return this.#characters === undefined ? character.isWellFormed() : this.#characters.has(character);
  }

  #hasAll(text: string): boolean {
    for (const character of text) if (!this.#has(character)) return false;
    return true;
  }
}

/** A byte that stands for nothing (0x98 of windows-1251) decodes as U+FFFD. */
function charactersOf(encoding: Encoding): ReadonlySet<string> {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_none, byte) => byte));
  return new Set(Array.from(iconv.decode(bytes, encoding)).filter((character) => character !== '\ufffd'));
}
