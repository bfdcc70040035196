import type { InferType } from 'yup';
import { vocabularyOf } from '../fakes/body.ts';
import { readBody } from '../huntflow/body.ts';
import { eventStates, type InboxEvent } from '../inbox/event.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { mask } from '../report/mask.ts';
import type { Language, Text } from '../text.ts';
import { anything, count, id, isoTime, listOf, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

const summaryFields = {
  id: id(),
  source: text(),
  event: textOrNull(),
  type: textOrNull(),
  action: textOrNull(),
  state: oneOf(eventStates),
  receivedAt: time(),
};

/** An event as lists show it. */
export const eventSchema = shape(summaryFields);
type ShownEvent = InferType<typeof eventSchema>;

/** What one event has beside its summary. */
export const eventDetailFields = {
  ...summaryFields,
  scope: text(),
  finishedAt: timeOrNull(),
  error: textOrNull(),
  bodySize: count(),
  headers: anything(),
  /** Masked; a text when it is no JSON, null where `gone` says why. */
  body: anything(),
  gone: textOrNull(),
  deliveries: listOf(shape({ id: id(), mapping: text(), target: text(), state: text() })),
};

export function shownEvent(event: InboxEvent): ShownEvent {
  return {
    id: event.id,
    source: event.source,
    event: event.event,
    type: event.type,
    action: event.action,
    state: event.state,
    receivedAt: isoTime(event.receivedAt),
  };
}

export function eventDetail(
  event: InboxEvent,
  deliveries: readonly Delivery[],
  gone: Text | null,
  language: Language,
  reveal = false,
) {
  return {
    ...shownEvent(event),
    scope: event.scope,
    finishedAt: isoTime(event.finishedAt),
    error: event.error?.[language] ?? null,
    bodySize: event.bodySize,
    headers: event.headers,
    body: bodyOf(event, reveal) ?? null,
    gone: gone?.[language] ?? null,
    deliveries: deliveries.map(({ id, mapping, target, state }) => ({ id, mapping, target, state })),
  };
}

function bodyOf(event: InboxEvent, reveal: boolean): unknown {
  if (event.body === null) return null;
  const read = readBody(event.body);
  if (!read.ok) {
    const text = Buffer.from(event.body).toString('utf8');
    return reveal ? text : mask(text);
  }
  return reveal ? read.body : mask(read.body, undefined, vocabularyOf(read.body));
}
