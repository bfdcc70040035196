import type { Text } from '../text.ts';

/** Letters of both alphabets that look alike, each as its Latin twin. */
const twins: Readonly<Record<string, string>> = Object.fromEntries(
  'аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj'.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** What a word looks like, whatever letters it is made of. */
export function inLatin(word: string): string {
  return Array.from(word.toLowerCase(), (letter) => twins[letter] ?? letter).join('');
}

function isRussian(word: string): boolean {
  return /[а-яёіѕј]/i.test(word);
}

/** Letters of a word that are not of its alphabet, and look as if they were. */
const strays = /^(?:[aeopcyxABEKMHOPCTYX]{1,2}|[аеорсухАВЕКМНОРСТУХ]{1,2})$/;

/** The first word of a text that has one or two letters of the other alphabet which look like its own: `Oтдел`. */
export function mixedWord(text: string): string | undefined {
  if (text.length > 1_000 || !/[a-z]/i.test(text) || !isRussian(text)) return undefined;
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    const [latin, russian] = [word.replace(/[^a-z]/gi, ''), word.replace(/[^а-яё]/gi, '')];
    if (latin !== '' && russian !== '' && (strays.test(latin) || strays.test(russian))) return word;
  }
  return undefined;
}

export function twoAlphabets(word: string): Text {
  return {
    ru: `в слове «${word}» есть и русские, и латинские буквы, которые выглядят одинаково: напишите его заново`,
    en: `the word "${word}" has both Russian and Latin letters that look the same: write it anew`,
  };
}

/** What nobody sees in a word: blanks that are none, and characters of no width. */
export function visible(word: string): string {
  return word
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
