import type { Delivery } from '../../outbox/delivery.ts';
import { maskKey } from '../../report/mask.ts';
import type { Language } from '../../text.ts';

/** A delivery as lists of machines show it. */
export function summary(delivery: Delivery, language: Language, reveal = false) {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    mapping: delivery.mapping,
    target: delivery.target,
    key: shownKey(delivery, reveal),
    state: delivery.state,
    attempts: delivery.attempts,
    dueAt: isoTime(delivery.dueAt),
    lastError: delivery.lastError?.[language] ?? null,
    createdAt: isoTime(delivery.createdAt),
    reason: delivery.reason,
    blocked: delivery.blocked,
    mappingHash: delivery.mappingHash,
    replayOf: delivery.replayOf,
    attention: awaitsAttention(delivery),
    applicant: delivery.applicant,
    vacancy: delivery.vacancy,
    cause: delivery.cause,
    replaces: delivery.replaces,
    replacedBy: delivery.replacedBy,
  };
}

export function shownKey({ key }: Pick<Delivery, 'key'>, reveal = false): string | null {
  return key === null || reveal ? key : maskKey(key);
}

export function stateWords(delivery: Delivery): string {
  if (awaitsAttention(delivery)) return `${delivery.state} (attention)`;
  if (delivery.state === 'dead' && delivery.reason !== null) return `${delivery.state} (${delivery.reason})`;
  return delivery.blocked ? `${delivery.state} (blocked)` : delivery.state;
}

export function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function awaitsAttention({ attention, attentionSeenAt }: Delivery): boolean {
  return attention.length > 0 && attentionSeenAt === null;
}
