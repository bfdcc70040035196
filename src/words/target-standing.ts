import type { Text } from '../text.ts';
import { counted } from './plural.ts';

/** How a target stands, as people ask it: does it take what it is sent, and if not, whose turn is it. */
export const conditions = ['works', 'stuck', 'unreachable', 'held', 'paused', 'removed'] as const;
export type Condition = (typeof conditions)[number];

/** Times as they are read: `12:04`, or with their day. Null: nobody knows, or there is none. */
export interface StandingTarget {
  readonly name: string;
  readonly condition: Condition;
  /** Deliveries that wait for it, and those that a person must see to; 1,001 at most. */
  readonly pending: number;
  readonly dead: number;
  /** Since when it cannot be reached, or is paused. */
  readonly since: string | null;
  /** When it is tried next, or when it may be asked again. */
  readonly next: string | null;
  readonly pausedBy: string | null;
  readonly pausedReason: string | null;
}

/** One sentence, without its full stop: the page, the commands and the alarms say it alike. */
export function targetSentence(target: StandingTarget): Text {
  const { name, condition } = target;
  const standing = standingWords(target);
  const owed = [
    target.pending > 0 && condition !== 'works' && condition !== 'stuck' ? counted('waits', target.pending) : undefined,
    target.dead > 0 ? counted('waitingDeliveries', target.dead) : undefined,
  ].filter((each) => each !== undefined);
  return {
    ru: [`«${name}» ${standing.ru}`, ...owed.map(({ ru }) => ru)].join(', '),
    en: [`"${name}" ${standing.en}`, ...owed.map(({ en }) => en)].join(', '),
  };
}

/** The same without its name and without what is owed to it. */
export function standingWords({ condition, since, next, pausedBy, pausedReason }: Omit<StandingTarget, 'name'>): Text {
  const [from, ru, en] = since === null ? ['', '', ''] : [since, ` с ${since}`, ` since ${since}`];
  switch (condition) {
    case 'works':
    case 'stuck':
      return { ru: 'работает', en: 'works' };
    case 'unreachable': {
      const [again, later] = next === null ? ['', ''] : [`, следующая попытка ${next}`, `, next try ${next}`];
      return { ru: `недоступна${ru}${again}`, en: `cannot be reached${from === '' ? '' : en}${later}` };
    }
    case 'held':
      return next === null
        ? { ru: 'просит подождать', en: 'asks to be left alone' }
        : { ru: `просит подождать до ${next}`, en: `asks to be left alone until ${next}` };
    case 'paused': {
      const why = [pausedBy, pausedReason].filter((words) => words !== null).join(': ');
      const said = why === '' ? '' : ` (${why})`;
      return { ru: `на паузе${ru}${said}`, en: `is paused${en}${said}` };
    }
    case 'removed':
      return { ru: 'нет в connector.yaml', en: 'stands no more in connector.yaml' };
  }
}
