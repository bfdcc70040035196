import type { Text } from '../../../text.ts';

/** How a thing looks and what it is called: never a colour alone. */
export interface StateLook {
  readonly tone: 'good' | 'wait' | 'busy' | 'warn' | 'bad' | 'rest';
  readonly word: Text;
}

/** Of deliveries, attempts, events, targets and bulks. */
export const looks = {
  pending: { tone: 'wait', word: { ru: 'ждёт', en: 'waiting' } },
  blocked: { tone: 'warn', word: { ru: 'заблокирована', en: 'blocked' } },
  sending: { tone: 'busy', word: { ru: 'отправляется', en: 'sending' } },
  delivered: { tone: 'good', word: { ru: 'доставлена', en: 'delivered' } },
  attention: { tone: 'warn', word: { ru: 'доставлена, посмотреть', en: 'delivered, look' } },
  dead: { tone: 'bad', word: { ru: 'остановлена', en: 'dead' } },
  cancelled: { tone: 'rest', word: { ru: 'отменена', en: 'cancelled' } },
  retry: { tone: 'wait', word: { ru: 'повтор', en: 'retry' } },
  unknown: { tone: 'warn', word: { ru: 'исход неизвестен', en: 'outcome unknown' } },
  received: { tone: 'busy', word: { ru: 'получено', en: 'received' } },
  mapped: { tone: 'good', word: { ru: 'разобрано', en: 'mapped' } },
  skipped: { tone: 'rest', word: { ru: 'пропущено', en: 'skipped' } },
  failed: { tone: 'bad', word: { ru: 'нечитаемо', en: 'unreadable' } },
  quarantined: { tone: 'warn', word: { ru: 'карантин', en: 'quarantined' } },
  active: { tone: 'good', word: { ru: 'работает', en: 'working' } },
  resting: { tone: 'warn', word: { ru: 'недоступна, отдыхает', en: 'unreachable, resting' } },
  held: { tone: 'warn', word: { ru: 'просит подождать', en: 'asked to wait' } },
  paused: { tone: 'rest', word: { ru: 'на паузе', en: 'paused' } },
  removed: { tone: 'bad', word: { ru: 'нет в настройках', en: 'not configured' } },
  previewed: { tone: 'wait', word: { ru: 'ждёт согласия', en: 'awaits a yes' } },
  running: { tone: 'busy', word: { ru: 'идёт', en: 'running' } },
  done: { tone: 'good', word: { ru: 'сделано', en: 'done' } },
  aborted: { tone: 'rest', word: { ru: 'прервано', en: 'aborted' } },
  left: { tone: 'wait', word: { ru: 'осталось', en: 'left' } },
} as const satisfies Readonly<Record<string, StateLook>>;

export type StateName = keyof typeof looks;

export function isStateName(word: string): word is StateName {
  return Object.hasOwn(looks, word);
}

/** Why a dead letter is dead. */
export const reasons: Readonly<Record<string, Text>> = {
  rejected: { ru: 'цель отказала', en: 'the target refused it' },
  'gave up': { ru: 'срок попыток вышел', en: 'tried long enough' },
  'unknown outcome': { ru: 'исход неизвестен', en: 'outcome unknown' },
  'mapping failed': { ru: 'маппинг не сработал', en: 'the mapping failed' },
};

interface Standing {
  readonly state: string;
  readonly blocked: boolean;
  readonly attention: boolean;
}

/** The one word that a list shows for a delivery. */
export function standingOf({ state, blocked, attention }: Standing): StateName {
  if (state === 'pending' && blocked) return 'blocked';
  if (state === 'delivered' && attention) return 'attention';
  return isStateName(state) ? state : 'unknown';
}
