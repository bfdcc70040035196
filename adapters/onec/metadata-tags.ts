/** A tag of `$metadata`; prefixes of names are gone, and who stands in whom does not matter there. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** No tag of a description is longer; what is, is hostile. */
const longest = 8192;
const attribute = /([\w:.-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The opening tags of a piece, in order. The description of a whole base has a million of them: a parser that builds a
 * tree took 5 s and 100 MB for 45 MB of it, this takes a second.
 */
export function tagsOf(piece: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let at = piece.indexOf('<'); at !== -1;) {
    const end = piece.indexOf('>', at);
    if (end === -1) break;
    if (end - at <= longest && piece[at + 1] !== '/' && piece[at + 1] !== '!')
      tags.push(tagOf(piece.slice(at + 1, end)));
    at = piece.indexOf('<', end);
  }
  return tags;
}

function tagOf(text: string): Tag {
  const space = text.search(/[\s/]/);
  const name = space === -1 ? text : text.slice(0, space);
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single = ''] of text.matchAll(attribute))
    attributes[local(key)] = decoded(double ?? single);
  return { name: local(name), attributes };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes('&')
    ? text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => entities[name] ?? '')
    : text;
}
