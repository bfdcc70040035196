import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../src/huntflow/json.ts';
import { sign, wireBytes } from '../src/huntflow/wire.ts';
import type { Text } from '../src/text.ts';

export interface Sample {
  readonly title: Text;
  /** Among the fixtures of the mappings. */
  readonly file: string;
  /** `meta.retry`: which repetition of the same event this is. */
  readonly retry?: number;
  readonly forged?: true;
  /** What the service has to answer. */
  readonly expect: 'accepted' | 'duplicate' | 401;
}

/** In the order in which they are sent. */
export const samples: readonly Sample[] = [
  {
    title: { ru: 'кандидата вывели на работу', en: 'a candidate is hired' },
    file: 'applicant-status-hired.json',
    expect: 'accepted',
  },
  { title: { ru: 'выставлен оффер', en: 'an offer is made' }, file: 'offer-added.json', expect: 'accepted' },
  { title: { ru: 'вакансия открыта', en: 'a vacancy is opened' }, file: 'vacancy-opened.json', expect: 'accepted' },
  {
    title: { ru: 'тот же приём ещё раз (повтор Huntflow)', en: 'the same hire again (Huntflow repeats it)' },
    file: 'applicant-status-hired.json',
    retry: 1,
    expect: 'duplicate',
  },
  {
    title: { ru: 'комментарий на том же этапе', en: 'a comment at the same stage' },
    file: 'applicant-comment-with-status.json',
    expect: 'accepted',
  },
  {
    title: { ru: 'кандидат ждёт решения заказчика', en: 'a candidate waits for the hiring manager' },
    file: 'candidate-at-manager.json',
    expect: 'accepted',
  },
  { title: { ru: 'вакансия закрыта', en: 'the vacancy is closed' }, file: 'vacancy-closed.json', expect: 'accepted' },
  {
    title: { ru: 'подделка: подпись чужим секретом', en: 'a forgery: signed with another secret' },
    file: 'applicant-status-hired.json',
    forged: true,
    expect: 401,
  },
];

export interface Sent {
  readonly sample: Sample;
  readonly status: number;
  /** `accepted`, `duplicate` or `refused`. */
  readonly word: string;
  readonly event: string | undefined;
}

/** Posts a body the way Huntflow does: its own spelling of JSON, its headers, the signature over the raw bytes. */
export async function post(url: string, sample: Sample, body: string, secret: string): Promise<Sent> {
  const document = withRetry(objectOf(body), sample.retry ?? 0);
  const bytes = wireBytes(document);
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Mozilla/5.0 (compatible; pycurl)',
      'X-Huntflow-Event': textAt(objectAt(document, 'meta'), 'event_type') ?? '',
      'X-Huntflow-Delivery': randomUUID(),
      'X-Huntflow-Signature': sign(sample.forged ? `not ${secret}` : secret, bytes),
    },
    signal: AbortSignal.timeout(5000),
  });
  const answer = objectOf(await response.text());
  return { sample, status: response.status, word: textAt(answer, 'status') ?? '', event: textAt(answer, 'event') };
}

function withRetry(body: JsonObject, retry: number): JsonObject {
  return { ...body, meta: { ...objectAt(body, 'meta'), retry } };
}

export function objectOf(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  return isObject(value) ? value : {};
}
