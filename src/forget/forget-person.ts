import { errorCode } from '../process/error-code.ts';
import { Procedure } from '../database/procedure.ts';
import { cancelDelivery } from '../outbox/intervene.ts';
import {
  type ForgetWish,
  forgottenBefore,
  lockPeople,
  type Marked,
  markForgotten,
  unfinishedOf,
} from '../people/mark-forgotten.ts';
import type { Text } from '../text.ts';

/**
 * Marks a person as forgotten, in one transaction with what is still owed about them: refused while an event is
 * unmapped or a delivery pending, unless those are to be cancelled. What is being sent is waited for.
 */
export const forgetPerson = new Procedure(
  'forgetPerson',
  async (transaction, { cancel, ...wish }: ForgetWish & { readonly cancel: boolean }): Promise<Marked> => {
    if (!(await lockPeople(transaction, wish.people))) return { done: false, why: forgottenBefore };
    const { unmapped, pending, sending, dead } = await unfinishedOf(transaction, wish.people);
    if (unmapped > 0) return { done: false, why: notMapped(unmapped) };
    if (sending > 0) return { done: false, why: beingSent(sending) };
    if (pending.length > 0 && !cancel) return { done: false, why: stillOwed(pending.length) };
    const marked = await markForgotten(transaction, wish);
    // A dead letter is done, and must not hold back whoever comes next under the same key.
    for (const id of [...pending, ...dead]) {
      const cancelled = await cancelDelivery.run(transaction, { id, now: wish.now, actor: wish.actor });
      if (!cancelled.done) throw new SentMeanwhileError();
    }
    return marked;
  },
);

/** A delivery was claimed while it was looked at: nothing was changed. */
class SentMeanwhileError extends Error {
  override readonly name = 'SentMeanwhileError';
  readonly code = 'ERR_SENT_MEANWHILE';
}

/** Across threads an error has its code only. */
export function refusalOf(error: unknown): Text | undefined {
  return errorCode(error) === 'ERR_SENT_MEANWHILE' ? beingSent(1) : undefined;
}

const notMapped = (count: number): Text => ({
  ru: `событий, которые ещё не сопоставлены: ${count}; дождитесь этого (служба должна работать) и повторите`,
  en: `${count} event(s) are not mapped yet: wait until they are (the service must run), then try again`,
});

const beingSent = (count: number): Text => ({
  ru: `доставок отправляется прямо сейчас: ${count}; дождитесь исхода и повторите`,
  en: `${count} delivery(ies) are being sent right now: wait for the outcome, then try again`,
});

const stillOwed = (count: number): Text => ({
  ru: `доставок ещё ждёт отправки: ${count}; дождитесь их или отмените ключом --cancel`,
  en: `${count} delivery(ies) wait to be sent: wait for them, or cancel them with --cancel`,
});
