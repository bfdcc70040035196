import type { Envelope } from '../huntflow/envelope.ts';

/**
 * What makes two webhooks the same event: (source, domain, account, event type, event id); old bodies have a payload id
 * instead, and without either the X-Huntflow-Delivery header is all there is. Undefined: every request is a new event.
 */
export function dedupeKey(
  source: string,
  envelope: Envelope | undefined,
  deliveryHeader: string | undefined,
): string | undefined {
  const [kind, id] =
    envelope?.eventId !== undefined
      ? ['event', envelope.eventId]
      : envelope?.payloadId !== undefined
        ? ['payload', envelope.payloadId]
        : ['delivery', deliveryHeader];
  if (id === undefined || id === '') return undefined;
  // JSON, so that no id can be made to look like two.
  return JSON.stringify([
    source,
    envelope?.domain ?? '',
    envelope?.accountId ?? '',
    envelope?.eventType ?? '',
    kind,
    id,
  ]);
}

/** What an event must have in common with the kept one to repeat it: its log, or without one whom it is about. */
export function dedupeVariant(envelope: Envelope | undefined): string {
  return JSON.stringify([envelope?.logId ?? envelope?.subjectId ?? '', envelope?.action ?? '']);
}
