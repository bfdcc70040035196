const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  bull: '•',
  minus: '−',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  sect: '§',
  deg: '°',
  times: '×',
  thinsp: ' ',
  shy: '',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  bdquo: '„',
};

/** What stands in place of a tag; each is looked at once, and a `<` that nothing closes is a sign like any other. */
function withoutTags(html: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', Math.max(at + 1, from))) {
    const [, closing, name = ''] = tagStart.exec(html.slice(at, at + 20)) ?? [];
    if (name === '') continue;
    const end = html.indexOf('>', at);
    if (end === -1) break;
    pieces.push(html.slice(from, at), inPlaceOf(name.toLowerCase(), closing === '/'));
    from = end + 1;
  }
  pieces.push(html.slice(from));
  return pieces.join('');
}

const tagStart = /^<(\/?)([a-z][a-z0-9]*|!)/i;
const blocks: ReadonlySet<string> = new Set(
  'p div ul ol table tr h1 h2 h3 h4 h5 h6 section article blockquote pre hr br'.split(' '),
);

function inPlaceOf(name: string, closing: boolean): string {
  if (name === 'li') return closing ? '' : '\n- ';
  if (name === 'td' || name === 'th') return closing ? ' ' : '';
  return blocks.has(name) ? '\n' : '';
}

/** Reads well as plain text: paragraphs and list items on lines of their own, items with a dash. No tag survives. */
export function htmlToText(html: string): string {
  const seen = html
    .replace(/<!--[^]*?(?:-->|$)/g, '')
    .replace(/<(script|style|head|title)\b[^]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/\s+/g, ' ');
  return withoutTags(seen)
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
      },
    )
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
