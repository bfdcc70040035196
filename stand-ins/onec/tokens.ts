import { Refused } from './refused.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'guid' | 'datetime' | 'string' | 'number'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string };

const pattern =
  /\s*(?:(guid|datetime)'([^']*)'|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)(?=[\s,()]|$)|([\p{L}_$][\p{L}\p{N}_]*)|([(),=:/]))/uy;

/** Splits a key or a filter of OData v3. @throws Refused with code 14. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (match === null) throw new Refused(400, '14', 'Error parsing $filter query option');
    const [, prefix, prefixed, string, number, word, mark] = match;
    if (prefix !== undefined) tokens.push({ kind: prefix === 'guid' ? 'guid' : 'datetime', text: prefixed ?? '' });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'mark', text: mark ?? '' });
  }
  return tokens;
}
