import type { DeliveryDetail } from '../api/answers.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { deliveryWords as words } from './words.ts';

type Tried = Pick<
  DeliveryDetail,
  'id' | 'state' | 'attempts' | 'lastError' | 'dueAt' | 'createdAt' | 'finishedAt' | 'reason'
>;

/** Tells one try from the next. */
export function markOf({ attempts, finishedAt }: Pick<Tried, 'attempts' | 'finishedAt'>): string {
  return `${attempts.length} ${finishedAt ?? ''}`;
}

/** What came of a retry; undefined: it is not over yet. */
export function outcomeOf(
  delivery: Tried,
  before: string,
  speech: Speech,
  times: Times,
  now: number,
): { readonly tone: 'good' | 'bad'; readonly said: string } | undefined {
  const { id, state, lastError, dueAt } = delivery;
  const values = { id, why: lastError ?? '', time: dueAt === null ? '' : times.brief(dueAt, now) };
  if (markOf(delivery) === before) return undefined;
  switch (state) {
    case 'delivered':
      return { tone: 'good', said: speech.say(words.retriedWell, values) };
    case 'dead':
      return { tone: 'bad', said: speech.say(words.retriedDead, values) };
    case 'pending':
      return dueAt !== null && Date.parse(dueAt) > now
        ? { tone: 'bad', said: speech.say(words.retriedLater, values) }
        : undefined;
    case 'sending':
    case 'cancelled':
      return undefined;
  }
}

/** What the latest try brought, where there were several: whoever pressed "retry" sees that it was done. */
export function lastTry(delivery: Tried, speech: Speech, times: Times, now: number): string | undefined {
  const { state, reason, attempts, createdAt, finishedAt } = delivery;
  if (state !== 'dead' && state !== 'pending') return undefined;
  const [before, last] = attempts.slice(-2);
  if (before !== undefined && last !== undefined) {
    const values = { n: last.number, time: times.brief(last.startedAt, now) };
    return speech.say(before.summary === last.summary ? words.triedSame : words.triedOther, values);
  }
  const mappedAgain = reason === 'mapping failed' && finishedAt !== null && finishedAt > createdAt;
  return mappedAgain ? speech.say(words.mappedAgain, { time: times.brief(finishedAt, now) }) : undefined;
}
