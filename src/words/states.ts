import type { Text } from '../text.ts';

/**
 * States and outcomes of deliveries, attempts, events, targets and bulks, one word each: the page, the commands and the
 * alarms say them alike. In English they are what `--state` and the API take, but for a few that read better on a page.
 */
export const stateWords = {
  pending: { ru: 'ждёт', en: 'waiting' },
  blocked: { ru: 'заблокирована', en: 'blocked' },
  sending: { ru: 'отправляется', en: 'sending' },
  delivered: { ru: 'доставлена', en: 'delivered' },
  attention: { ru: 'доставлена, посмотреть', en: 'delivered, look' },
  dead: { ru: 'остановлена', en: 'dead' },
  cancelled: { ru: 'отменена', en: 'cancelled' },
  retry: { ru: 'повтор', en: 'retry' },
  unknown: { ru: 'исход неизвестен', en: 'outcome unknown' },
  received: { ru: 'получено', en: 'received' },
  mapped: { ru: 'разобрано', en: 'mapped' },
  skipped: { ru: 'пропущено', en: 'skipped' },
  failed: { ru: 'нечитаемо', en: 'unreadable' },
  quarantined: { ru: 'карантин', en: 'quarantined' },
  active: { ru: 'работает', en: 'working' },
  resting: { ru: 'недоступна, отдыхает', en: 'unreachable, resting' },
  held: { ru: 'просит подождать', en: 'asked to wait' },
  paused: { ru: 'на паузе', en: 'paused' },
  removed: { ru: 'нет в настройках', en: 'not configured' },
  previewed: { ru: 'ждёт согласия', en: 'awaits a yes' },
  running: { ru: 'идёт', en: 'running' },
  done: { ru: 'сделано', en: 'done' },
  aborted: { ru: 'прервано', en: 'aborted' },
  left: { ru: 'осталось', en: 'left' },
  same: { ru: 'без изменений', en: 'same' },
  changed: { ru: 'изменится', en: 'changes' },
  new: { ru: 'новая', en: 'new' },
} as const satisfies Readonly<Record<string, Text>>;

export type StateName = keyof typeof stateWords;

export function isStateName(word: string): word is StateName {
  return Object.hasOwn(stateWords, word);
}
