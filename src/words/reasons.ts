import type { Text } from '../text.ts';

/** Why a dead letter is dead; `--reason` takes either word. */
export const reasons: Readonly<Record<string, Text>> = {
  rejected: { ru: 'цель отказала', en: 'the target refused it' },
  'gave up': { ru: 'срок попыток вышел', en: 'tried long enough' },
  'unknown outcome': { ru: 'исход неизвестен', en: 'outcome unknown' },
  'mapping failed': { ru: 'маппинг не сработал', en: 'the mapping failed' },
};

/** The reason that a Russian word stands for. */
export function reasonIn(words: string): string | undefined {
  return Object.entries(reasons).find(([, { ru }]) => ru === words.trim().toLowerCase())?.[0];
}
