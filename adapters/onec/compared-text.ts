import { cleanName } from './clean-text.ts';

/**
 * A text as 1C compares it: case, ё and е, every kind of blank, composition and invisible characters make no difference
 * (facts/1c-zup.md 2); neither does which dash or apostrophe a keyboard had, or a Latin letter among Cyrillic ones.
 */
export function comparedText(text: string): string {
  return inOneScript(cleanName(text).text)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s*[\u002D\u2010-\u2015\u2212]\s*/gu, '-')
    .replace(/[\u0027\u0060\u00B4\u02B9\u02BC\u2018\u2019]/gu, "'");
}

export function sameText(a: string, b: string): boolean {
  return comparedText(a) === comparedText(b);
}

const latin = 'ABCEHKMOPTXYaceopxy';
const cyrillic = 'АВСЕНКМОРТХУасеорху';

/** Latin letters that look like Cyrillic ones made Cyrillic, in words that have Cyrillic letters beside them. */
export function inOneScript(text: string): string {
  return text.replace(/[\p{L}\p{M}]+/gu, (word) =>
    /\p{Script=Cyrillic}/u.test(word)
      ? word.replace(/[A-Za-z]/g, (letter) => cyrillic[latin.indexOf(letter)] ?? letter)
      : word,
  );
}
