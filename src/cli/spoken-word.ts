import type { Language } from '../text.ts';

/** States and outcomes in Russian, one word each: whoever reads one can write it behind `--state`. */
const words: Readonly<Record<string, string>> = {
  received: 'получено',
  mapped: 'разобрано',
  skipped: 'пропущено',
  failed: 'нечитаемо',
  quarantined: 'карантин',
  pending: 'ждёт',
  'pending (blocked)': 'ждёт (заблокирована)',
  'delivered (attention)': 'доставлена (посмотреть)',
  blocked: 'заблокирована',
  sending: 'отправляется',
  delivered: 'доставлена',
  dead: 'остановлена',
  cancelled: 'отменена',
  previewed: 'ждёт согласия',
  running: 'идёт',
  done: 'сделано',
  aborted: 'прервано',
  active: 'работает',
  resting: 'отдыхает',
  paused: 'пауза',
  held: 'придержана',
  removed: 'убрана из настроек',
  retry: 'повтор',
  unknown: 'неизвестно',
  same: 'без изменений',
  changed: 'изменится',
  new: 'новая',
};

/** A state or an outcome as the reader says it; anything else stays as it is. */
export function spokenWord(word: string, language: Language): string {
  if (language === 'en') return word;
  const [, state = '', rest = ''] = /^(\w+)( \(.+\))$/.exec(word) ?? []; // the reason stays as `--reason` takes it
  return words[word] ?? (words[state] === undefined ? word : `${words[state]}${rest}`);
}
