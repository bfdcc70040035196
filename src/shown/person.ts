import type { InferType } from 'yup';
import type { InboxEvent } from '../inbox/event.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Person } from '../people/people.ts';
import type { Language } from '../text.ts';
import { id, isoTime, listOf, oneOf, shape, text, textOrNull, time } from './shape.ts';

/** Somebody found: the name masked, unless it was asked to be shown. */
export const personSchema = shape({
  applicant: text(),
  scope: text(),
  name: text(),
  /** Ids that were merged into this one. */
  merged: listOf(text()),
});

/** The road of one person: what came and what was sent, the latest first. */
export const roadSchema = shape({
  applicant: text(),
  scope: text(),
  name: text(),
  merged: listOf(text()),
  sentence: text(),
  timeline: listOf(
    shape({
      at: time(),
      kind: oneOf(['event', 'delivery']),
      id: id(),
      /** Of an event its type, of a delivery its target. */
      about: text(),
      mapping: textOrNull(),
      state: text(),
      text: textOrNull(),
    }),
  ),
});

export function shownPerson(
  { applicant, scope, name, masked, applicants }: Person,
  reveal = false,
): InferType<typeof personSchema> {
  return { applicant, scope, name: reveal ? name : masked, merged: applicants.slice(1) };
}

export function shownRoad(
  person: Person,
  events: readonly InboxEvent[],
  deliveries: readonly Delivery[],
  language: Language,
  reveal = false,
): InferType<typeof roadSchema> {
  const timeline = [
    ...events.map((event) => ({
      at: isoTime(event.receivedAt),
      kind: 'event' as const,
      id: event.id,
      about: [event.event, event.type, event.action].filter((part) => part !== null).join(' '),
      mapping: null,
      state: event.state,
      text: event.error?.[language] ?? null,
    })),
    ...deliveries.map((delivery) => ({
      at: isoTime(delivery.finishedAt ?? delivery.createdAt),
      kind: 'delivery' as const,
      id: delivery.id,
      about: delivery.target,
      mapping: delivery.mapping,
      state: delivery.blocked ? 'blocked' : delivery.state,
      text: delivery.lastError?.[language] ?? null,
    })),
  ];
  return {
    ...shownPerson(person, reveal),
    sentence: roadSentence(deliveries, language),
    timeline: timeline.toSorted((a, b) => (a.at === b.at ? b.id - a.id : a.at < b.at ? 1 : -1)),
  };
}

/** Where each target stands with the latest delivery to it. */
function roadSentence(deliveries: readonly Delivery[], language: Language): string {
  const ru = language === 'ru';
  const latest = new Map<string, Delivery>();
  for (const delivery of deliveries) if (!latest.has(delivery.target)) latest.set(delivery.target, delivery);
  if (latest.size === 0) return ru ? 'Об этом человеке ничего не отправлялось' : 'Nothing was sent about this person';
  return [...latest].map(([target, delivery]) => `${target}: ${stateWords(delivery, ru)}`).join('; ');
}

function stateWords({ state, blocked, id: number }: Delivery, ru: boolean): string {
  if (blocked) return ru ? 'ждёт недоставленного' : 'waits behind a dead letter';
  switch (state) {
    case 'delivered':
      return ru ? 'доставлено' : 'delivered';
    case 'pending':
      return ru ? 'в очереди' : 'waits its turn';
    case 'sending':
      return ru ? 'отправляется' : 'is being sent';
    case 'dead':
      return ru ? `ждёт человека (доставка ${number})` : `waits for a person (delivery ${number})`;
    case 'cancelled':
      return ru ? 'отменено' : 'cancelled';
  }
}
