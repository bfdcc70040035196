/**
 * A sentence for people, in both languages the product speaks. Kept as a pair so that each reader picks the language.
 */
export interface Text {
  readonly ru: string;
  readonly en: string;
}

export type Language = 'ru' | 'en';

/** The same words in both languages: names, values and sentences that came from elsewhere. */
export function verbatim(words: string): Text {
  return { ru: words, en: words };
}

export function isText(value: unknown): value is Text {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ru' in value &&
    'en' in value &&
    typeof value.ru === 'string' &&
    typeof value.en === 'string'
  );
}

/** POSIX order: LC_ALL, LC_MESSAGES, LANG; anything that does not start with `ru` reads English. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

export function join(texts: readonly Text[], separator = '; '): Text {
  return { ru: texts.map((text) => text.ru).join(separator), en: texts.map((text) => text.en).join(separator) };
}
