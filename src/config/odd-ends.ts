import { join, type Text } from '../text.ts';

/** What nobody means to have at the ends of a secret, and how it is called; the first name that fits holds. */
const odd: readonly { readonly characters: RegExp; readonly ru: string; readonly en: string }[] = [
  { characters: /[\r\n\u0085\u2028\u2029]/, ru: 'конец строки', en: 'a line end' },
  { characters: /\t/, ru: 'табуляция', en: 'a tab' },
  { characters: /\u00a0|\u202f/, ru: 'неразрывный пробел', en: 'a no-break space' },
  { characters: /\ufeff/, ru: 'метка порядка байтов (BOM)', en: 'a byte order mark (BOM)' },
  { characters: /\s/, ru: 'пробел', en: 'a blank' },
  {
    characters: /\p{Cf}/u,
    ru: 'невидимый знак',
    en: 'an invisible character',
  },
  { characters: /["'`\u00ab\u00bb\u2018-\u201f\u2039\u203a]/, ru: 'кавычка', en: 'a quote' },
  { characters: /\p{Cc}/u, ru: 'управляющий знак', en: 'a control character' },
];

/** The text without whatever is odd at its ends. */
export function trimmed(text: string): string {
  const characters = Array.from(text);
  const first = characters.findIndex((character) => nameOf(character) === undefined);
  const last = characters.findLastIndex((character) => nameOf(character) === undefined);
  return first < 0 ? '' : characters.slice(first, last + 1).join('');
}

/** A quote at one end alone may well be meant, in a password say. */
export function isQuoteAtOneEnd(text: string): boolean {
  return trimmed(text).length === text.length - 1 && /["'`]/.test(`${text.at(0)}${text.at(-1)}`);
}

/** Says what stands before and after the text that nobody means: `ends with a line end`; undefined for a plain one. */
export function oddEnds(text: string): Text | undefined {
  const characters = Array.from(text);
  const begin = nameOf(characters[0]);
  const end = nameOf(characters.at(-1));
  const found = [
    ...(begin === undefined ? [] : [{ ru: `в начале стоит ${begin.ru}`, en: `begins with ${begin.en}` }]),
    ...(end === undefined ? [] : [{ ru: `в конце стоит ${end.ru}`, en: `ends with ${end.en}` }]),
  ];
  if (found.length === 0) return undefined;
  const [ru, en] = [join(found, ', ').ru, join(found, ' and ').en];
  return { ru, en };
}

function nameOf(character: string | undefined): Text | undefined {
  return character === undefined ? undefined : odd.find(({ characters }) => characters.test(character));
}
