import type { Text } from '../../../text.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { deliveryWords as words } from './words.ts';

type Told = Pick<
  DeliveryDetail,
  'state' | 'reason' | 'blocked' | 'blockedBy' | 'attention' | 'attempts' | 'dueAt' | 'target' | 'replacedBy'
>;

export interface DeliverySentence {
  readonly said: string;
  /** What there is to do; undefined: nothing. */
  readonly advice: string | undefined;
}

/** How a delivery stands, in one sentence, and what a person can do about it. `paused`: its target is. */
export function deliverySentence(
  told: Told,
  { paused, now }: { readonly paused: boolean; readonly now: number },
  speech: Speech,
  times: Times,
): DeliverySentence {
  const say = (text: Text, advice?: Text): DeliverySentence => ({
    said: speech.say(text, {
      target: told.target,
      time: times.brief(timeOf(told), now),
      id: (told.state === 'pending' ? told.blockedBy : told.replacedBy) ?? '',
    }),
    advice: advice === undefined ? undefined : speech.say(advice),
  });
  switch (told.state) {
    case 'delivered':
      if (told.attention) return say(words.saidAttention);
      // Retention may have taken the attempts.
      return say(told.attempts.length > 0 ? words.saidDelivered : words.saidDeliveredOnce);
    case 'sending':
      return say(words.saidSending);
    case 'cancelled':
      return say(told.replacedBy === null ? words.saidCancelled : words.saidReplaced);
    case 'pending':
      if (told.blocked) return say(words.saidBlocked, words.doBlocked);
      if (paused) return say(words.saidPaused);
      if (told.blockedBy !== null && told.dueAt === null) return say(words.saidQueued, words.doQueued);
      return say(told.attempts.length > 0 && told.dueAt !== null ? words.saidRetry : words.saidWaiting);
    case 'dead':
      return deadSentence(told.reason, say);
  }
}

function deadSentence(reason: string | null, say: (text: Text, advice?: Text) => DeliverySentence): DeliverySentence {
  switch (reason) {
    case 'rejected':
      return say(words.saidRejected, words.doRejected);
    case 'gave up':
      return say(words.saidGaveUp, words.doGaveUp);
    case 'unknown outcome':
      return say(words.saidUnknown, words.doUnknown);
    case 'mapping failed':
      return say(words.saidFailed, words.doFailed);
    default:
      return say(words.saidDead);
  }
}

/** When it is tried next, or when its last attempt ended. */
function timeOf({ state, dueAt, attempts }: Told): string {
  const last = attempts.at(-1);
  const ended = last === undefined ? 0 : Date.parse(last.startedAt) + last.milliseconds;
  return state === 'pending' && dueAt !== null ? dueAt : new Date(ended).toISOString();
}
