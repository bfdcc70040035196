import type { Text } from '../text.ts';

/** Whether a value stands as a whole in quotes of a word processor. */
export function isTypographic(value: string): boolean {
  return /^(?:[“”„‟].*[“”‟]|[‘’].*[‘’]|«.*»)$/.test(value);
}

export const typographic: Text = {
  ru: 'значение стоит в типографских кавычках, и они стали его частью: замените их прямыми " или уберите',
  en: 'the value stands in typographic quotes, and they are a part of it: put straight ones " instead, or none',
};

/** Where a formula has quotes of a word processor that are no part of a text; undefined when it has none. */
export function typographicIn(formula: string): number | undefined {
  if (!/[“”„‟‘’«»]/.test(formula)) return undefined;
  // what stands in straight quotes, in backquotes (odd names of fields) and between the slashes of a pattern is text
  const texts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?<=[(,]\s*)\/(?:[^/\\]|\\.)+\//g;
  const bare = formula.replace(texts, (text) => ' '.repeat(text.length));
  const at = bare.search(/[“”„‟‘’«»]/);
  return at === -1 ? undefined : at;
}

export const typographicFormula: Text = {
  ru: 'в формуле типографские кавычки: замените их прямыми "…"',
  en: 'the formula has typographic quotes: put straight ones "…" instead',
};
