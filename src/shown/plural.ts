import type { Language } from '../text.ts';

type Forms = Readonly<Record<'one' | 'few' | 'many' | 'other', string>>;

/** Russian has four forms, English uses the first and the last. */
const words = {
  deliveries: {
    ru: { one: 'доставка', few: 'доставки', many: 'доставок', other: 'доставки' },
    en: { one: 'delivery', few: 'deliveries', many: 'deliveries', other: 'deliveries' },
  },
  people: {
    ru: { one: 'человек', few: 'человека', many: 'человек', other: 'человека' },
    en: { one: 'person', few: 'people', many: 'people', other: 'people' },
  },
  minutes: {
    ru: { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' },
    en: { one: 'minute', few: 'minutes', many: 'minutes', other: 'minutes' },
  },
  hours: {
    ru: { one: 'час', few: 'часа', many: 'часов', other: 'часа' },
    en: { one: 'hour', few: 'hours', many: 'hours', other: 'hours' },
  },
  days: {
    ru: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
    en: { one: 'day', few: 'days', many: 'days', other: 'days' },
  },
} as const satisfies Record<string, Readonly<Record<Language, Forms>>>;

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** Counting stops at 1,001. */
const mostCounted = 1001;

/** The number with its word: `3 доставки`, `1 000+ deliveries`. */
export function plural(word: keyof typeof words, number: number, language: Language): string {
  const rule = rules[language].select(number);
  const forms: Forms = words[word][language];
  const form = rule === 'one' || rule === 'few' || rule === 'many' ? forms[rule] : forms.other;
  return number >= mostCounted ? `1 000+ ${forms.many}` : `${number} ${form}`;
}
