export type Alphabet = 'icao' | 'gost';

/** ICAO Doc 9303 part 3 section 6, as Russian passports have it. */
const icao: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/** ГОСТ 7.79-2000 system B; ц is c before e, i, j and y, else cz. */
const gost: Readonly<Record<string, string>> = {
  ...icao,
  ё: 'yo',
  й: 'j',
  х: 'x',
  щ: 'shh',
  ъ: '``',
  ы: "y'",
  ь: '`',
  э: 'e`',
  ю: 'yu',
  я: 'ya',
};

/** Letters of other alphabets and everything else stay as they are. */
export function transliterate(text: string, alphabet: Alphabet): string {
  const letters = Array.from(text.normalize('NFC'));
  return letters
    .map((letter, place) => {
      const lower = letter.toLowerCase();
      const latin = latinOf(lower, letters[place + 1]?.toLowerCase() ?? '', alphabet);
      if (latin === undefined) return letter;
      return letter === lower ? latin : raised(latin, letters[place - 1], letters[place + 1]);
    })
    .join('');
}

function latinOf(letter: string, next: string, alphabet: Alphabet): string | undefined {
  if (alphabet === 'icao') return icao[letter];
  return letter === 'ц' ? (/^[eijy]/.test(gost[next] ?? '') ? 'c' : 'cz') : gost[letter];
}

/** Щ is SHCH in ЩУКИН and Shch in Щукин. */
function raised(latin: string, before: string | undefined, after: string | undefined): string {
  const neighbour = after !== undefined && isLetter(after) ? after : before;
  const shouting = neighbour !== undefined && isLetter(neighbour) && neighbour === neighbour.toUpperCase();
  return shouting ? latin.toUpperCase() : latin.slice(0, 1).toUpperCase() + latin.slice(1);
}

function isLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}
