import { isKey } from './object-key.ts';

const longest = 300;
/** Characters of a sentence that are looked at, and of a sent value that show that it begins there. */
const looked = 4_000;
const begun = 200;

// Names of 1C's own that tell where it happened and hold no data.
const knownName =
  /^(\$\w+|Edm\.\w+|(Catalog|Document|InformationRegister|AccumulationRegister|Constant|ChartOf\w+)[_\p{L}\p{N}]*|Перед\p{L}+|При\p{L}+|Обработка\p{L}+|(Справочник|Документ|РегистрСведений)\.[\p{L}\p{N}_.]+)$/u;

/**
 * 1C's sentence fit for a log: messages echo input in 6 of 14 forms (facts/1c.md 1.8), so stack frames, quoted values,
 * long
 * numbers, addresses, names of people and everything that we had sent are taken out.
 */
export function cleanWords(message: string, sent: readonly string[] = []): string {
  let words = begunBy(message, sent).replace(/\{[^{}]*\(\d+(,\s*\d+)?\)\}:?/g, ' ');
  words = words.replace(/guid'([^']*)'/g, (whole, key: string) => (isKey(key) ? `guid ${key}` : whole));
  words = words.replace(
    /'([^']*)'|"([^"]*)"|«([^»]*)»|<([^<>]*)>/g,
    (_whole, a?: string, b?: string, c?: string, d?: string) => {
      const quoted = a ?? b ?? c ?? d ?? '';
      return knownName.test(quoted) || isKey(quoted) ? `«${quoted}»` : '«…»';
    },
  );
  for (const value of [...sent].sort((a, b) => b.length - a.length)) words = withoutValue(words, value);
  words = words.replace(/\S+@\S+/g, '…').replace(/(?<![\p{L}\p{N}-])\+?\d[\d\s().-]{4,}\d(?![\p{L}\p{N}-])/gu, '…');
  // Two capitalised words in a row, or one with initials: most likely a person.
  words = words
    .replace(/\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:\s+\p{Lu}\p{Ll}+)+/gu, '…')
    .replace(/\p{Lu}\p{Ll}+\s+\p{Lu}\.\s?(?:\p{Lu}\.)?/gu, '…');
  words = words.replace(/\s+/g, ' ').trim();
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}

/** The texts of a record that must not come back in an error: all of 3 characters and more, and the words of them. */
export function sentTexts(value: unknown, found = new Set<string>()): readonly string[] {
  if (typeof value === 'string') {
    if (knownName.test(value) || isKey(value)) return [...found];
    for (const text of [value, ...value.split(/\s+/)]) if (text.length >= 3) found.add(text);
  } else if (typeof value === 'number' && Math.abs(value) >= 100) found.add(String(value));
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) sentTexts(one, found);
  return [...found];
}

/**
 * As much of a sentence as is worth cleaning: the patterns go back and forth, and 100,000 characters cost them seconds.
 * What we had sent must not stay because the cut went through it.
 */
function begunBy(message: string, sent: readonly string[]): string {
  if (message.length <= looked) return message;
  let end = looked - begun;
  const kept = message.slice(0, looked);
  for (const value of sent) {
    if (value.length <= begun) continue;
    const at = kept.lastIndexOf(value.slice(0, begun));
    if (at !== -1 && at + value.length > end) end = Math.min(end, at);
  }
  return kept.slice(0, end);
}

/** Whatever the case of its letters. */
function withoutValue(words: string, value: string): string {
  if (value.length > words.length) return words;
  const [low, sought] = [words.toLowerCase(), value.toLowerCase()];
  if (low.length !== words.length) return words.replaceAll(value, '…'); // İ and its like change length
  const pieces: string[] = [];
  let from = 0;
  for (let at = low.indexOf(sought); at !== -1; at = low.indexOf(sought, from)) {
    pieces.push(words.slice(from, at), '…');
    from = at + sought.length;
  }
  return from === 0 ? words : pieces.join('') + words.slice(from);
}
