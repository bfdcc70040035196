import type { Language } from '../text.ts';

const deeds: Readonly<Record<string, string>> = {
  created: 'создано',
  'found after a lost answer': 'найдено после потерянного ответа',
  updated: 'обновлено',
  'already there': 'уже есть',
  posted: 'проведено',
  withdrawn: 'помечено на удаление',
  'nothing to withdraw': 'отзывать нечего',
  sent: 'отправлено',
  written: 'записано',
  delivered: 'доставлено',
  failed: 'не вышло',
};

const phrases: readonly (readonly [RegExp, string])[] = [
  [/^added to (.+)$/s, 'добавлено в $1'],
  [/^add a row to (.+)$/s, 'добавить строку в $1'],
  [/^written to (.+)$/s, 'записано в $1'],
  [/^write (.+)$/s, 'записать $1'],
  [/^gathered for (.+)$/s, 'собирается для $1'],
  [/^sent to (\d+) of (\d+)$/, 'отправлено: $1 из $2'],
];

const ofObject = new RegExp(`^(\\S+) (${Object.keys(deeds).join('|')})$`);

/**
 * What an adapter says it has done, as the reader says it. Adapters have one language, and so have the attempts of
 * years; words that are not known stay as they are.
 */
export function spokenDeed(said: string, language: Language): string {
  if (language === 'en') return said;
  const alone = deeds[said];
  if (alone !== undefined) return alone;
  for (const [pattern, words] of phrases) if (pattern.test(said)) return said.replace(pattern, words);
  const clauses = said.split(', ').map((clause) => ofObject.exec(clause));
  if (clauses.some((clause) => clause === null)) return said;
  return clauses.map((clause) => `${clause?.[1] ?? ''}: ${deeds[clause?.[2] ?? ''] ?? ''}`).join(', ');
}
