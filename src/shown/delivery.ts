import type { InferType } from 'yup';
import { type Attempt, type Delivery, deliveryStates } from '../outbox/delivery.ts';
import { mask, maskKey } from '../report/mask.ts';
import { shownExchanges } from '../report/shown-attempt.ts';
import type { Language, Text } from '../text.ts';
import { spokenDeed } from './spoken-deed.ts';
import {
  anything,
  count,
  flag,
  id,
  idOrNull,
  isoTime,
  listOf,
  oneOf,
  shape,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './shape.ts';

const summaryFields = {
  id: id(),
  /** Null: an alarm, which no event caused. */
  eventId: idOrNull(),
  mapping: text(),
  target: text(),
  /** Of the form kind/id as it is, any other masked. */
  key: textOrNull(),
  state: oneOf(deliveryStates),
  attempts: count(),
  dueAt: timeOrNull(),
  lastError: textOrNull(),
  createdAt: time(),
  reason: textOrNull(),
  /** It waits behind a dead letter of its key. */
  blocked: flag(),
  /** It waits for another of its key, which is sent first. */
  queued: flag(),
  mappingHash: text(),
  replayOf: idOrNull(),
  /** It has findings that nobody has seen. */
  attention: flag(),
  applicant: textOrNull(),
  vacancy: textOrNull(),
  cause: textOrNull(),
  replaces: idOrNull(),
  replacedBy: idOrNull(),
};

/** A delivery as lists show it. */
export const deliverySchema = shape(summaryFields);
export type ShownDelivery = InferType<typeof deliverySchema>;

const side = () => shape({ summary: text(), body: textOrNull() });

export const attemptSchema = shape({
  number: id(),
  outcome: oneOf(['delivered', 'retry', 'dead', 'unknown']),
  startedAt: time(),
  milliseconds: count(),
  summary: textOrNull(),
  exchanges: listOf(shape({ sent: side(), received: side().nullable() })),
  warnings: listOf(text()),
});
export type ShownAttempt = InferType<typeof attemptSchema>;

/** What one delivery has beside its summary. */
export const detailFields = {
  ...summaryFields,
  editedBy: textOrNull(),
  editReason: textOrNull(),
  findings: listOf(text()),
  /** The mapped document, masked; null while its mapping has failed, and where `gone` says why. */
  record: anything(),
  gone: textOrNull(),
};

export function shownDelivery(delivery: Delivery, language: Language, reveal = false): ShownDelivery {
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
    queued: delivery.queued,
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

export interface Showing {
  readonly language: Language;
  readonly reveal: boolean;
  /** What the mapping wrote into the record itself. */
  readonly constants: ReadonlySet<string>;
  /** Why there is no record. */
  readonly gone: Text | null;
}

/** `record` as it is stored; its attempts oldest first. */
export function deliveryDetail(
  delivery: Delivery,
  record: string | null,
  attempts: readonly Attempt[],
  { language, reveal, constants, gone }: Showing,
) {
  const parsed: unknown = record === null ? null : JSON.parse(record);
  return {
    ...shownDelivery(delivery, language, reveal),
    editedBy: delivery.editedBy,
    editReason: delivery.editReason,
    findings: delivery.attention.map((finding) => finding[language]),
    record: (reveal ? parsed : mask(parsed, undefined, constants)) ?? null,
    gone: gone?.[language] ?? null,
    attemptLog: attempts.map((attempt) =>
      shownAttempt(
        attempt,
        reveal ? attempt.exchanges : shownExchanges(attempt.exchanges, parsed, constants),
        language,
      ),
    ),
  };
}

function shownAttempt(attempt: Attempt, exchanges: Attempt['exchanges'], language: Language): ShownAttempt {
  return {
    number: attempt.number,
    outcome: attempt.outcome,
    startedAt: isoTime(attempt.startedAt),
    milliseconds: Math.max(0, attempt.finishedAt - attempt.startedAt),
    summary: attempt.summary === null ? null : spokenDeed(attempt.summary[language], language),
    exchanges: exchanges.map(({ sent, received }) => ({
      sent: spokenSide(sent, language),
      received: received === null ? null : spokenSide(received, language),
    })),
    warnings: attempt.warnings.map((warning) => warning[language]),
  };
}

function spokenSide<S extends { readonly summary: string }>(side: S, language: Language): S {
  return { ...side, summary: spokenDeed(side.summary, language) };
}

/** The key of an alarm is its cause, which names nobody. */
export function shownKey({ key, eventId }: Pick<Delivery, 'key' | 'eventId'>, reveal = false): string | null {
  return key === null || reveal || eventId === null ? key : maskKey(key);
}

export function awaitsAttention({ attention, attentionSeenAt }: Delivery): boolean {
  return attention.length > 0 && attentionSeenAt === null;
}
