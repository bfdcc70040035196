import type { InferType } from 'yup';
import type { Language } from '../text.ts';
import { causeSchema } from './cause.ts';
import { plural } from '../words/plural.ts';
import { type Hearer, type SeenTarget, standingOf, targetSchema } from './target.ts';
import { targetSentence } from '../words/target-standing.ts';
import { count, countOrNull, flag, listOf, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

/** How it all stands. Counts stop at 1,001. */
export const overviewSchema = shape({
  at: time(),
  /** What a person needs to know, in one sentence. */
  sentence: text(),
  state: oneOf(['first start', 'flowing', 'waiting', 'stuck']),
  intake: shape({
    lastAt: timeOrNull(),
    /** Seconds between two webhooks as they usually come in this hour of this weekday; null: not known. */
    usualGap: countOrNull(),
    /** Events that wait to be mapped, and since when the oldest does. */
    waiting: count(),
    since: timeOrNull(),
    /** Why webhooks cannot be kept; null: they can. */
    refusing: textOrNull(),
  }),
  deliveries: shape({
    pending: count(),
    blocked: count(),
    dead: count(),
    attention: count(),
    oldestPendingAt: timeOrNull(),
    oldestDeadAt: timeOrNull(),
  }),
  /** People whom a dead letter is about. */
  people: count(),
  targets: listOf(targetSchema),
  /** The latest five. */
  causes: listOf(causeSchema),
  mappings: shape({ loaded: count(), refused: count(), missed: count() }),
  /** The last hour, a point a minute, the oldest first: of this instance, and of all before it started. */
  minutes: listOf(
    shape({
      at: time(),
      received: count(),
      delivered: count(),
      failed: count(),
      /** Milliseconds from receipt to delivery, 95th percentile. */
      p95: countOrNull(),
    }),
  ),
  /** Somebody has to do something. */
  alarming: flag(),
});
export type ShownOverview = InferType<typeof overviewSchema>;

export interface Standing {
  readonly events: boolean;
  readonly people: number;
  readonly dead: number;
  readonly pending: number;
  /** Milliseconds that the oldest dead letter stands. */
  readonly oldest: number | null;
  readonly targets: readonly SeenTarget[];
  readonly refusing: string | null;
}

export function stateOf({ events, dead, refusing, targets }: Standing): ShownOverview['state'] {
  if (!events) return 'first start';
  if (dead > 0 || refusing !== null) return 'stuck';
  return targets.some(stands) ? 'waiting' : 'flowing';
}

/** A pause is somebody's wish, and is told while it lasts; anything else while something waits for it. */
function stands({ condition, pending }: SeenTarget): boolean {
  return condition === 'paused' || (condition !== 'works' && condition !== 'stuck' && pending > 0);
}

/** Targets that are told of one by one. */
const mostTold = 3;

function stillTargets({ targets }: Standing, hearer: Hearer): readonly string[] {
  const still = targets.filter(stands);
  const told = still
    .slice(0, mostTold)
    // Dead letters are told of apart.
    .map((target) => targetSentence({ ...standingOf(target, hearer), dead: 0 })[hearer.language]);
  const more = still.length - told.length;
  return more === 0 ? told : [...told, { ru: `и ещё целей: ${more}`, en: `and ${more} more targets` }[hearer.language]];
}

/** The sentence of the day. */
export function sentenceOf(standing: Standing, hearer: Hearer): string {
  const { language } = hearer;
  const ru = language === 'ru';
  if (standing.refusing !== null) return standing.refusing;
  const still = stillTargets(standing, hearer);
  switch (stateOf(standing)) {
    case 'first start':
      return ru
        ? 'Событий ещё не было: укажите адрес вебхука в Huntflow или отправьте пример командой send'
        : 'There was no event yet: give Huntflow the address of the webhook, or send a sample with the command send';
    case 'stuck': {
      const whom =
        standing.people > 0
          ? plural('standing', standing.people, language)
          : plural('standingDeliveries', standing.dead, language);
      const oldest =
        standing.oldest === null
          ? ''
          : (ru ? `, ${standing.people > 0 ? 'самый старый' : 'самая старая'} — ` : ', the oldest for ') +
            duration(standing.oldest, language);
      const rest = still.length > 0 ? still : [ru ? 'остальное идёт' : 'all else flows'];
      return [`${whom}${ru ? '' : ' still'}${oldest}`, ...rest].join('; ');
    }
    case 'waiting':
      return [...still, ru ? 'ничего не теряется' : 'nothing is lost'].join('; ');
    case 'flowing':
      return ru ? 'Всё идёт: никто не ждёт человека' : 'All is well: nothing waits for a person';
  }
}

const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

function duration(milliseconds: number, language: Language): string {
  const [unit, length] = units.find(([, least]) => milliseconds >= least) ?? units[2];
  return plural(unit, Math.max(1, Math.floor(milliseconds / length)), language);
}
