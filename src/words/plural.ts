import type { Language, Text } from '../text.ts';
import { type Noun, type NounName, nouns } from './nouns.ts';

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** Counting stops at 1,001. */
const mostCounted = 1001;

/** The number with its word: `3 доставки`, `1 000+ deliveries`. */
export function plural(name: NounName, number: number, language: Language): string {
  const noun: Noun = nouns[name];
  const shown = number >= mostCounted ? '1 000+' : String(number);
  return `${shown} ${formOf(noun, Math.min(number, mostCounted - 1), language)}`;
}

/** The same in both languages. */
export function counted(name: NounName, number: number): Text {
  return { ru: plural(name, number, 'ru'), en: plural(name, number, 'en') };
}

function formOf(noun: Noun, number: number, language: Language): string {
  const rule = rules[language].select(number);
  if (language === 'en') return rule === 'one' ? noun.en.one : noun.en.other;
  return rule === 'one' || rule === 'few' || rule === 'many' ? noun.ru[rule] : noun.ru.other;
}
