import type { Language } from '../text.ts';
import { isStateName, stateWords } from '../words/states.ts';

/** What tables put behind a state. */
const marks: Readonly<Record<string, string>> = { '(blocked)': '(заблокирована)', '(attention)': '(посмотреть)' };

/**
 * A state or an outcome as the reader says it; anything else stays as it is. In English it is what `--state` takes, and
 * `--state` takes the Russian word too.
 */
export function spokenWord(word: string, language: Language): string {
  if (language === 'en') return word;
  const [, state = word, rest = ''] = /^(\w+) (\(.+\))$/.exec(word) ?? []; // the reason stays as `--reason` takes it
  if (!isStateName(state)) return word;
  return `${stateWords[state].ru}${rest === '' ? '' : ` ${marks[rest] ?? rest}`}`;
}
