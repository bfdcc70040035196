import { TextDecoder } from 'node:util';

export type Encoding = 'utf-8' | 'utf-8-bom' | 'windows-1251';

const decoder1251 = new TextDecoder('windows-1251');
const bytes1251: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 256 }, (_none, byte) => [decoder1251.decode(Uint8Array.of(byte)).charCodeAt(0), byte] as const)
    // 0x98 is the one unused place of windows-1251.
    .filter(([, byte]) => byte !== 0x98),
);
const questionMark = 0x3f;

/** How text becomes the bytes of a file. */
export class Charset {
  readonly #encoding: Encoding;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  /** What a new file begins with: Excel reads UTF-8 only after a byte order mark. */
  get mark(): Buffer {
    return this.#encoding === 'utf-8-bom' ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0);
  }

  /** A character that cannot be encoded becomes `?`, half a character U+FFFD. */
  encode(text: string): Buffer {
    if (this.#encoding !== 'windows-1251') return Buffer.from(text, 'utf8');
    const characters = Array.from(text.normalize('NFC'));
    const bytes = Buffer.allocUnsafe(characters.length);
    for (const [index, character] of characters.entries())
      bytes[index] = bytes1251.get(codeOf(character)) ?? questionMark;
    return bytes;
  }

  /**
   * The first character that the encoding lacks. windows-1251 is asked after composing: й may come as и and a breve.
   */
  firstUnmappable(text: string): string | undefined {
    if (this.#encoding !== 'windows-1251') return Array.from(text).find((character) => !character.isWellFormed());
    return Array.from(text.normalize('NFC')).find((character) => !bytes1251.has(codeOf(character)));
  }

  /** The text as it would be read back. */
  stored(text: string): string {
    return this.#encoding === 'windows-1251' ? this.decode(this.encode(text)) : text.toWellFormed();
  }

  /** Without the byte order mark. */
  decode(bytes: Uint8Array): string {
    return this.#encoding === 'windows-1251' ? decoder1251.decode(bytes) : new TextDecoder().decode(bytes);
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
