import type { Language, Text } from '../../../text.ts';
import type { Noun } from '../../../words/nouns.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Counting stops at 1,001: what has reached it is "1 000+". */
const counted = 1001;

const locales = { ru: 'ru-RU', en: 'en-GB' } as const;

/** Says the texts of the page in one language. */
export class Speech {
  readonly language: Language;
  readonly locale: string;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(language: Language) {
    this.language = language;
    this.locale = locales[language];
    this.#plurals = new Intl.PluralRules(this.locale);
    this.#numbers = new Intl.NumberFormat(this.locale);
  }

  say(text: Text, values: Values = {}): string {
    return filled(text[this.language], values);
  }

  /** `{n}` is the number, written as the language writes it. */
  count(noun: Noun, n: number, values: Values = {}): string {
    return filled(this.#form(noun, n), { n: this.number(n), ...values });
  }

  /** The same where counting stops at a thousand. */
  upTo(noun: Noun, n: number, values: Values = {}): string {
    return n < counted ? this.count(noun, n, values) : this.count(noun, 1000, { ...values, n: this.many(n) });
  }

  /** A number that names something, before it: "№ 17", "#17". */
  nr(id: number | string): string {
    return this.language === 'ru' ? `№ ${id}` : `#${id}`;
  }

  /** The head of a column of such numbers. */
  get nrHead(): string {
    return this.language === 'ru' ? '№' : '#';
  }

  number(n: number): string {
    return this.#numbers.format(n);
  }

  many(n: number): string {
    return n < counted ? this.number(n) : `${this.number(1000)}+`;
  }

  #form(noun: Noun, n: number): string {
    const form = this.#plurals.select(n);
    if (this.language === 'en') return form === 'one' ? noun.en.one : noun.en.other;
    return form === 'zero' || form === 'two' ? noun.ru.other : noun.ru[form];
  }
}

function filled(sentence: string, values: Values): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
