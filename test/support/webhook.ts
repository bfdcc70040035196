import { objectAt } from '../../src/huntflow/json.ts';
import type { Json, JsonObject } from '../../src/huntflow/json.ts';
import { sign, wireBytes } from '../../src/huntflow/wire.ts';
import { readBody } from '../../src/huntflow/body.ts';
import { fixture } from './fixtures.ts';
import { noteSent } from './personal-values.ts';
import { type Answer, request } from './request.ts';

export const secret = 'secret-of-the-tests-5f1c';

export interface Webhook {
  /** X-Huntflow-Event. */
  readonly event?: string;
  /** X-Huntflow-Delivery. */
  readonly delivery?: string;
  /** What it is signed with; null: not at all. */
  readonly secret?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly source?: string;
}

/** Posts a body as Huntflow does: a document in its wire form, bytes as they are. */
export function postWebhook(url: string, body: JsonObject | Uint8Array, webhook: Webhook = {}): Promise<Answer> {
  const bytes = body instanceof Uint8Array ? body : wireBytes(body);
  noteSent(body instanceof Uint8Array ? documentIn(body) : body);
  return request(`${url}/webhooks/${webhook.source ?? 'huntflow'}`, {
    body: bytes,
    headers: headersOf(bytes, webhook),
  });
}

/** Of what is short and JSON; the other bodies of tests are about form and size. */
function documentIn(bytes: Uint8Array): Json {
  if (bytes.length > 64 * 1024) return null;
  const reading = readBody(bytes);
  return reading.ok ? reading.body : null;
}

export function headersOf(bytes: Uint8Array, webhook: Webhook = {}): Record<string, string> {
  const key = webhook.secret === undefined ? secret : webhook.secret;
  return {
    'content-type': 'application/json',
    'user-agent': 'Mozilla/5.0 (compatible; pycurl)',
    'x-huntflow-event': webhook.event ?? 'APPLICANT',
    ...(webhook.delivery !== undefined && { 'x-huntflow-delivery': webhook.delivery }),
    ...(key !== null && { 'x-huntflow-signature': sign(key, bytes) }),
    ...webhook.headers,
  };
}

/** The document with one value put in; parents that are missing are made. */
export function withValue(document: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return document;
  const { [key]: _old, ...others } = document;
  if (rest.length > 0) return { ...document, [key]: withValue(objectAt(document, key) ?? {}, rest, value) };
  return value === undefined ? others : { ...document, [key]: value };
}

/** A hire of its own applicant, as Huntflow sends it for the `retry`-th time: other bytes, the same event. */
export function hire(
  number: number,
  { retry = 0, key = number }: { readonly retry?: number; readonly key?: number } = {},
): JsonObject {
  let document = fixture('facts/26-retry-0').document;
  document = withValue(document, ['event', 'applicant', 'id'], key);
  document = withValue(
    document,
    ['event', 'applicant', 'photo', 'url'],
    `https://store.huntflow.example/${number}?e=${retry}`,
  );
  document = withValue(document, ['event', 'applicant_log', 'id'], 100_000 + number);
  document = withValue(document, ['meta', 'event_id'], String(500_000 + number));
  return withValue(document, ['meta', 'retry'], retry);
}
