import { RejectedError, UnavailableError } from '../src/adapter.ts';
import { basicAuthorization, classify, HttpClient, outcomeOf, pathWithin } from './http.ts';
import { answerOf, summaryOf } from './rest/exchange.ts';
import { isReserved, restRecord, restSettings } from './rest/schema.ts';
import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Exchange,
  Finding,
  Receipt,
} from '../src/adapter.ts';
import type { HeaderMap, RestRecord, RestSettings } from './rest/schema.ts';

/**
 * One request with a JSON body to an HTTP API. `Idempotency-Key` is the same over attempts, so a target that heeds it
 * does a
 * record once; what the statuses mean is at `classify` in http/answers.ts.
 */
export class Rest implements Adapter<RestRecord> {
  static readonly type = 'rest';
  static readonly settings = restSettings;
  static readonly record = restRecord;

  readonly #client: HttpClient;
  readonly #authorization: Readonly<Record<string, string>>;
  readonly #tools: AdapterTools;

  constructor(settings: RestSettings, tools: AdapterTools) {
    this.#client = new HttpClient({
      baseUrl: settings.baseUrl,
      timeout: tools.timeout,
      concurrency: tools.concurrency,
      headers: { accept: 'application/json', ...headersOf(settings.headers) },
    });
    this.#authorization = authorizationOf(settings.auth);
    this.#tools = tools;
  }

  async deliver(record: RestRecord, delivery: DeliveryContext): Promise<Receipt> {
    const { method = 'POST', path, query, headers, body } = record;
    const reserved = Object.keys(headers ?? {}).find(isReserved);
    if (reserved !== undefined) throw reservedHeader(reserved);
    const hasBody = body !== undefined && body !== null;

    let answered: ((response: Exchange) => void) | undefined;
    const response = await this.#client.request({
      method,
      path,
      signal: delivery.signal,
      ...(query && { query }),
      headers: {
        ...(hasBody && { 'content-type': 'application/json' }),
        ...headersOf(headers),
        ...this.#authorization,
        'idempotency-key': delivery.idempotencyKey,
      },
      ...(hasBody && { body: JSON.stringify(body) }),
      leaving: () => {
        answered = delivery.sent({ summary: summaryOf(method, path), ...(hasBody && { body }) });
      },
    });
    const answer = answerOf(response);
    answered?.(answer);
    const warnings = await outcomeOf(response, this.#tools, { method, record: body });
    return { summary: answer.summary, ...(warnings.length > 0 && { warnings }) };
  }

  /** HEAD on the base URL: any answer proves the address, 401 and 403 speak of the credentials. */
  async check({ mappings, signal }: CheckContext): Promise<Finding[]> {
    return [...(await this.#checkAddress(signal)), ...mappings.flatMap(({ name, record }) => checkPath(name, record))];
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  async #checkAddress(signal: AbortSignal): Promise<Finding[]> {
    try {
      const response = await this.#client.request({ method: 'HEAD', path: '', headers: this.#authorization, signal });
      const refusal = classify(response, this.#tools.now());
      const { status } = response;
      if (refusal === undefined || status === 404 || status === 405) return [];
      const mended = status === 401 || status === 403 || (status >= 300 && status < 400);
      return [{ level: mended || status >= 500 ? 'error' : 'warning', text: refusal.text }];
    } catch (error) {
      if (error instanceof UnavailableError) return [{ level: 'error', text: error.text }];
      throw error;
    }
  }
}

export default Rest satisfies AdapterClass;

/** A path that is written out in the mapping is judged at once, a formula when it has a value. */
function checkPath(mapping: string, record: unknown): Finding[] {
  const path: unknown = typeof record === 'object' && record !== null && 'path' in record ? record.path : undefined;
  if (typeof path !== 'string' || path.startsWith('=')) return [];
  try {
    pathWithin(path);
    return [];
  } catch (error) {
    if (error instanceof RejectedError) return [{ level: 'error', text: error.text, mapping, path: ['path'] }];
    throw error;
  }
}

function authorizationOf(auth: RestSettings['auth']): Record<string, string> {
  if (auth?.bearer) return { authorization: `Bearer ${auth.bearer}` };
  return auth?.user ? { authorization: basicAuthorization(auth.user, auth.password ?? '') } : {};
}

/** Names in lower case, so that one name is one header; null leaves it out. */
function headersOf(map: HeaderMap | null | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name.toLowerCase(), String(value)]])),
  );
}

function reservedHeader(name: string): RejectedError {
  return new RejectedError({
    ru: `Заголовок ${name.toLowerCase()} запись задать не может, его ставит сам адаптер: уберите его из маппинга.`,
    en: `A record cannot set the header ${name.toLowerCase()}, the adapter sets it itself: take it out of the mapping.`,
  });
}
