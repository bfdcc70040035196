import type { InferType } from 'yup';
import { adviceFor } from '../outbox/advice.ts';
import type { BlockedKey, OpenCause } from '../outbox/open-causes.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { maskKey } from '../report/mask.ts';
import type { NamedTarget } from './open-texts.ts';
import type { Language, Text } from '../text.ts';
import { shownKey } from './delivery.ts';
import { count, id, idOrNull, isoTime, listOf, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

/** What several failures have in common. Counts stop at 1,001. */
export const causeSchema = shape({
  id: text(),
  target: text(),
  kind: oneOf(['unavailable', 'rejected', 'unknown outcome', 'mapping failed']),
  code: textOrNull(),
  field: textOrNull(),
  text: text(),
  deliveries: count(),
  people: count(),
  /** Of the deliveries, those that wait for a person; the others are tried again by themselves. */
  dead: count(),
  first: time(),
  last: time(),
  /** Of the deliveries, those that failed since the time that was asked for; 0 when none was. */
  fresh: count(),
  /** The oldest delivery, and the mapping that made it. */
  example: id(),
  mapping: text(),
  /** The event it was made of; null: an alarm. */
  exampleEvent: idOrNull(),
  /** Who can mend it, and how. */
  who: text(),
  advice: text(),
  /** What does it in a terminal, once it is mended. */
  command: text(),
});

/** `looked`: what its deliveries looked for in vain. */
export function shownCause(
  cause: OpenCause,
  targets: readonly NamedTarget[],
  language: Language,
  looked?: Text,
): InferType<typeof causeSchema> {
  const { who, advice, command } = adviceFor({ ...cause, adapter: adapterOf(targets, cause.target) });
  return {
    id: cause.id,
    target: cause.target,
    kind: cause.kind,
    code: cause.code,
    field: cause.field,
    text: looked === undefined ? cause.text[language] : `${cause.text[language]} ${looked[language]}`,
    deliveries: cause.deliveries,
    people: cause.people,
    dead: cause.dead,
    first: isoTime(cause.first),
    last: isoTime(cause.last),
    fresh: cause.fresh,
    example: cause.example,
    mapping: cause.mapping,
    exampleEvent: cause.exampleEvent,
    who: who[language],
    advice: advice[language],
    command,
  };
}

export function adapterOf(targets: readonly NamedTarget[], name: string): string | undefined {
  return targets.find((target) => target.name === name)?.adapter.type;
}

/** A key that a dead letter holds back. */
export const blockedSchema = shape({
  target: text(),
  key: text(),
  head: id(),
  reason: text(),
  since: time(),
  /** Counting stops at 1,001. */
  behind: count(),
});

export function shownBlocked({
  target,
  key,
  head,
  reason,
  since,
  behind,
}: BlockedKey): InferType<typeof blockedSchema> {
  return { target, key: maskKey(key), head, reason, since: isoTime(since), behind };
}

/** Delivered, with findings that nobody has seen. */
export const attentionSchema = shape({
  id: id(),
  eventId: idOrNull(),
  mapping: text(),
  target: text(),
  key: textOrNull(),
  deliveredAt: timeOrNull(),
  findings: listOf(text()),
});

export function shownAttention(delivery: Delivery, language: Language): InferType<typeof attentionSchema> {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    mapping: delivery.mapping,
    target: delivery.target,
    key: shownKey(delivery),
    deliveredAt: isoTime(delivery.finishedAt),
    findings: delivery.attention.map((finding) => finding[language]),
  };
}
