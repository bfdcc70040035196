import type { Language } from '../text.ts';
import { reasons } from '../words/reasons.ts';
import { isStateName, stateWords } from '../words/states.ts';

/** What tables put behind a state. */
const marks: Readonly<Record<string, string>> = { attention: 'посмотреть' };
/** Kinds of rows and of causes that are no states. */
const kinds: Readonly<Record<string, string>> = { event: 'событие', delivery: 'доставка', unavailable: 'недоступна' };

/**
 * A state, a kind, a reason or an outcome as the reader says it; anything else stays as it is. In English it is what
 * `--state` and `--reason` take, and they take the Russian words too.
 */
export function spokenWord(word: string, language: Language): string {
  if (language === 'en') return word;
  // One word for one state, wherever it stands.
  if (word === 'pending (blocked)') return stateWords.blocked.ru;
  const [, state = word, rest] = /^(\w+) \((.+)\)$/.exec(word) ?? [];
  const reason = rest === undefined ? undefined : (reasons[rest]?.ru ?? marks[rest] ?? rest);
  const said = isStateName(state) ? stateWords[state].ru : (kinds[state] ?? reasons[state]?.ru);
  if (said === undefined) return word;
  return reason === undefined ? said : `${said} (${reason})`;
}
