export interface JsonToken {
  readonly is: 'name' | 'text' | 'number' | 'word' | 'plain';
  readonly text: string;
}

const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Names, texts, numbers and words of a JSON text, in its order; joined they are the text again. */
export function jsonTokens(text: string): readonly JsonToken[] {
  const tokens: JsonToken[] = [];
  let at = 0;
  for (const found of text.matchAll(parts)) {
    if (found.index > at) tokens.push({ is: 'plain', text: text.slice(at, found.index) });
    const [whole, quoted, colon, number] = found;
    if (quoted !== undefined) {
      tokens.push({ is: colon === undefined ? 'text' : 'name', text: quoted });
      if (colon !== undefined) tokens.push({ is: 'plain', text: colon });
    } else tokens.push({ is: number === undefined ? 'word' : 'number', text: whole });
    at = found.index + whole.length;
  }
  if (at < text.length) tokens.push({ is: 'plain', text: text.slice(at) });
  return tokens;
}
