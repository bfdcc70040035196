import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Envelope } from '../huntflow/envelope.ts';
import { readWebhook } from '../huntflow/webhook.ts';
import { dedupeKey, dedupeVariant } from './dedupe-key.ts';
import type { IncomingEvent, QuarantineBounds } from './event.ts';
import type { Text } from '../text.ts';

const keptHeaders = ['x-huntflow-event', 'x-huntflow-delivery', 'content-type', 'user-agent'] as const;
const headerLimit = 500;

/** The part of a source that an event has of it. */
interface SenderOf {
  readonly name: string;
  readonly scope: string | undefined;
}

/**
 * A verified request as an event for the inbox; one that nobody can read becomes an event too, with the reason in it.
 * `retry`: how often Huntflow had sent it before, as it says itself.
 */
export async function incomingEvent(
  source: SenderOf,
  headers: IncomingHttpHeaders,
  body: { readonly bytes: Uint8Array | undefined; readonly size: number },
  now: number,
): Promise<{ readonly event: IncomingEvent; readonly retry: number }> {
  const kept = keptFrom(headers);
  const header = kept['x-huntflow-event'];
  const read =
    body.bytes === undefined
      ? ({ ok: false, text: tooLarge } as const)
      : await readWebhook({ bytes: body.bytes, event: header });
  const envelope = read.ok ? read.envelope : undefined;
  const event: IncomingEvent = {
    source: source.name,
    scope: source.scope ?? scopeOf(envelope),
    event: envelope?.eventType ?? header,
    type: envelope?.logType,
    action: envelope?.action,
    whom: envelope?.whom,
    dedupeKey: dedupeKey(source.name, envelope, kept['x-huntflow-delivery']),
    variant: dedupeVariant(envelope),
    receivedAt: now,
    body: body.bytes,
    bodySize: body.size,
    document: read.ok ? read.document : undefined,
    headers: kept,
    error: read.ok ? undefined : read.text,
  };
  return { event, retry: /^[1-9]$/.test(envelope?.retry ?? '') ? Number(envelope?.retry) : 0 };
}

/**
 * A request whose signature fits no secret of today, as it came: nobody reads what a stranger may have sent. The
 * signature stays beside it, so that another secret can prove it.
 */
export function quarantinedEvent(
  source: { readonly name: string; readonly quarantine: QuarantineBounds },
  headers: IncomingHttpHeaders,
  bytes: Uint8Array,
  now: number,
): IncomingEvent {
  const kept = keptFrom(headers);
  return {
    source: source.name,
    scope: '',
    event: kept['x-huntflow-event'],
    type: undefined,
    action: undefined,
    dedupeKey: undefined,
    variant: '',
    receivedAt: now,
    body: bytes,
    bodySize: bytes.length,
    headers: { ...kept, [signatureHeader]: cut(String(headers[signatureHeader] ?? '')) },
    error: undefined,
    quarantine: source.quarantine,
  };
}

/** Kept of quarantined events alone. */
export const signatureHeader = 'x-huntflow-signature';

/** Which Huntflow organisation: ids repeat between installations, so the domain belongs to it. */
function scopeOf(envelope: Envelope | undefined): string {
  return `${envelope?.domain ?? ''}/${envelope?.accountId ?? ''}`;
}

function keptFrom(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') kept[name] = cut(value);
  }
  return kept;
}

/** What was cut ends with a digest of the whole: a delivery id may be all that tells two events apart. */
function cut(value: string): string {
  if (value.length <= headerLimit) return value;
  const digest = createHash('sha256').update(value).digest('hex').slice(0, 32);
  return `${value.slice(0, headerLimit - digest.length - 1)}~${digest}`;
}

const tooLarge: Text = {
  ru: 'тело больше предела server.bodyLimit: подпись верна, содержимое не сохранено; поднимите предел, если такие события нужны',
  en:
    'the body is over server.bodyLimit: its signature is right, its content was not kept; raise the limit if ' +
    'such events matter',
};
