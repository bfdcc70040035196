import type { RecordedExchange } from '../outbox/delivery.ts';
import { KnownValues } from './masking/known-values.ts';
import { maskJsonText } from './masking/mask-json-text.ts';
import { maskMarkup } from './masking/mask-markup.ts';
import { maskSentence } from './masking/mask-sentence.ts';
import { maskText } from './masking/mask-text.ts';

/**
 * What an attempt kept of the wire, for people who may not see personal data. What was sent is data but for its names;
 * what a target said stays readable but for people and numbers: the record tells whom it is about.
 */
export function shownExchanges(
  exchanges: readonly RecordedExchange[],
  record: unknown,
  constants?: ReadonlySet<string>,
): readonly RecordedExchange[] {
  const known = new KnownValues(record, constants);
  return exchanges.map(({ sent, received }) => ({
    sent: { summary: sent.summary, body: shownBody(sent.body, false, known) },
    received: received === null ? null : { summary: received.summary, body: shownBody(received.body, true, known) },
  }));
}

function shownBody(body: string | null, spoken: boolean, known: KnownValues): string | null {
  if (body === null) return null;
  if (/^[\s\ufeff]*[{["]/.test(body)) return maskJsonText(body, spoken, known);
  if (/^[\s\ufeff]*</.test(body)) return maskMarkup(body, spoken, known);
  return spoken ? maskSentence(body, known) : maskText(body);
}
