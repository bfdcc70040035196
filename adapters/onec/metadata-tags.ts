/** No tag of a description is longer; what is, is hostile. */
const longest = 8192;

/** Takes a tag: its name without a prefix, `/` before that of a closing one, and the text between name and bracket. */
export type TakeTag = (name: string, text: string) => void;

/**
 * The tags of a text that comes in pieces, in order. The description of a whole base has a million of them: a parser
 * that builds a tree took 5 s and 100 MB for 45 MB of it, this takes a second and keeps a tag.
 */
export class Tags {
  readonly #take: TakeTag;
  /** A tag whose end has not come yet. */
  #rest = '';

  constructor(take: TakeTag) {
    this.#take = take;
  }

  read(piece: string): void {
    const text = this.#rest + piece;
    let at = text.indexOf('<');
    while (at !== -1) {
      const end = text.indexOf('>', at);
      if (end === -1) break;
      if (end - at <= longest) this.#tag(text.slice(at + 1, end));
      at = text.indexOf('<', end);
    }
    // One character more than fits: so a tag that is too long stays so.
    this.#rest = at === -1 ? '' : text.slice(at, at + longest + 2);
  }

  #tag(text: string): void {
    const space = text.search(blankOrSlash);
    const name = space === -1 ? text : text.slice(0, space);
    const prefix = name.indexOf(':');
    const local = prefix === -1 ? name : name.startsWith('/') ? `/${name.slice(prefix + 1)}` : name.slice(prefix + 1);
    this.#take(local, space === -1 ? '' : text.slice(space));
  }
}

// A closing tag begins with a slash of its own.
const blankOrSlash = /(?<!^)[\s/]/;

/** The value of an attribute in the text of a tag; empty when there is none. */
export function attributeOf(text: string, wanted: string): string {
  let at = 0;
  for (;;) {
    const sign = text.indexOf('=', at);
    const quoteAt = sign === -1 ? -1 : text.slice(sign + 1, sign + 20).search(/["']/);
    if (quoteAt === -1) return '';
    const from = sign + 1 + quoteAt;
    const end = text.indexOf(text.charAt(from), from + 1);
    if (end === -1) return '';
    const name = text.slice(at, sign).trim();
    if (name === wanted || name.endsWith(`:${wanted}`)) return decoded(text.slice(from + 1, end));
    at = end + 1;
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes('&')
    ? text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => entities[name] ?? '')
    : text;
}
