import { stateWords } from '../../../words/states.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { standingOf } from '../words/states.ts';
import type { DeliverySentence } from './sentence.ts';
import { deliveryWords as words } from './words.ts';

/** Attempts that a ticket tells of: the latest. */
const mostAttempts = 5;

interface Told {
  readonly delivery: Pick<
    DeliveryDetail,
    | 'id'
    | 'target'
    | 'mapping'
    | 'mappingHash'
    | 'key'
    | 'event'
    | 'createdAt'
    | 'attempts'
    | 'state'
    | 'blocked'
    | 'attention'
    | 'lastError'
    | 'findings'
  >;
  readonly sentence: DeliverySentence;
  /** Where the delivery stands on this console. */
  readonly address: string;
}

/**
 * A delivery as plain text for a ticket or a chat: masked as the service masks it, without record, bodies and answers,
 * for tickets are read by others than those who may look here.
 */
export function ticketText({ delivery, sentence, address }: Told, speech: Speech, times: Times): string {
  const { id, target, mapping, mappingHash, key, event, createdAt, attempts, state, lastError, findings } = delivery;
  const at = (iso: string): string => `${times.full(iso)} ${times.zone}`;
  const lines = [
    `${speech.say(words.title, { id })} → ${target}: ${speech.say(stateWords[standingOf(delivery)])}`,
    sentence.said,
    ...(state === 'delivered' || lastError === null ? [] : [lastError]),
    ...(sentence.advice === undefined ? [] : [sentence.advice]),
    '',
    `${speech.say(words.mapped)}: ${mapping}, ${speech.say(words.version, { hash: mappingHash.slice(0, 8) })}`,
    ...(key === null ? [] : [`${speech.say(words.key)}: ${key}`]),
    ...(event === null ? [] : [speech.say(words.kept, { id: event.id })]),
    `${speech.say(words.made)}: ${at(createdAt)}`,
    ...attempts
      .slice(-mostAttempts)
      .map(
        ({ number, startedAt, outcome, summary }) =>
          `${speech.say(words.attempt, { n: number })}: ${at(startedAt)}, ${speech.say(stateWords[outcome])}` +
          (summary === null ? '' : `, ${summary}`),
      ),
    ...findings.map((finding) => `${speech.say(words.findings)}: ${finding}`),
    '',
    address,
  ];
  return `${lines.join('\n')}\n`;
}
