import type { KnownValues } from './known-values.ts';
import { maskField, maskFieldName, maskNumber, type Place } from './mask-field.ts';
import { maskText } from './mask-text.ts';
import { isSpeakingField } from './words-of-fields.ts';

interface Level {
  field: string | undefined;
  readonly within: boolean;
}

/** JSON as text, cut off anywhere and nested as deep as it likes: a scanner needs neither its end nor a stack. */
export function maskJsonText(text: string, spoken: boolean, known: KnownValues): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*|[{}[\]]|[^"{}[\]\d-]+|-/gsu) ?? [];
  const levels: Level[] = [];
  let level: Level = { field: undefined, within: false };
  const masked = tokens.map((token, at) => {
    if (token === '{' || token === '[') {
      levels.push(level);
      level = { field: level.field, within: level.within || isSpeakingField(level.field) };
    } else if (token === '}' || token === ']') level = levels.pop() ?? level;
    else if (/^-?\d/.test(token)) return quotedIfMasked(maskNumber(token, level, known), token);
    else if (!token.startsWith('"')) return withoutWords(token);
    else if (/^\s*:/.test(tokens[at + 1] ?? '')) {
      level.field = stringOf(token);
      return JSON.stringify(maskFieldName(level.field, known));
    } else return JSON.stringify(maskField(stringOf(token), placeOf(level, spoken), known));
    return token;
  });
  return masked.join('');
}

function placeOf({ field, within }: Level, spoken: boolean): Place {
  return { field, within, spoken };
}

function quotedIfMasked(masked: string, number: string): string {
  return masked === number ? number : JSON.stringify(masked);
}

/** What stands between strings: commas, colons and three words of JSON; anything else is no JSON and tells nothing. */
function withoutWords(token: string): string {
  return token.replace(/[^\s,:]+/gu, (word) => (/^(?:true|false|null|…)$/.test(word) ? word : maskText(word)));
}

function stringOf(token: string): string {
  try {
    const text: unknown = JSON.parse(token);
    return typeof text === 'string' ? text : '';
  } catch {
    return token
      .replace(/^"|"$/g, '')
      .replace(/\\u[0-9a-f]{4}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(2), 16)));
  }
}
