import { RejectedError, UnavailableError } from '../src/adapter.ts';
import { isPlainObject } from '../src/toolkit.ts';
import { answeredWith, basicAuthorization, classify, HttpClient, outcomeOf, pathWithin, type Told } from './http.ts';
import { foreseenOf, tlsOf } from './http/tls-files.ts';
import { writtenBody } from './rest/body.ts';
import { deliverPair } from './rest/pair.ts';
import { OauthToken } from './rest/oauth-token.ts';
import { signatureHeaders } from './rest/signature.ts';
import { answerOf, summaryOf } from './http/shown-exchange.ts';
import { isReserved } from './rest/header-map.ts';
import { restRecord } from './rest/record.ts';
import { restSettings } from './rest/schema.ts';
import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Exchange,
  Finding,
  ForesightContext,
  Receipt,
} from '../src/adapter.ts';
import type { HttpResponse } from './http.ts';
import type { WrittenBody } from './rest/body.ts';
import type { HeaderMap } from './rest/header-map.ts';
import type { RestRecord, SentRequest } from './rest/record.ts';
import type { RestSettings } from './rest/schema.ts';

/**
 * One request to an HTTP API, its body as JSON, a form, multipart or XML. `Idempotency-Key` is the same over attempts,
 * so a target that heeds it does a record once; what the statuses mean is at `classify` in http/answers.ts.
 */
export class Rest implements Adapter<RestRecord> {
  static readonly type = 'rest';
  static readonly settings = restSettings;
  static readonly record = restRecord;

  static foresees({ tls }: RestSettings, context: ForesightContext): readonly Finding[] {
    return foreseenOf(tls, context);
  }

  readonly #settings: RestSettings;
  readonly #tools: AdapterTools;
  readonly #client: HttpClient;
  readonly #token: OauthToken | undefined;

  constructor(settings: RestSettings, tools: AdapterTools) {
    const { tls, proxy, answerLimit, auth } = settings;
    const way = {
      timeout: tools.timeout,
      concurrency: tools.concurrency,
      proxy,
      tls: tlsOf(tls, tools),
    };
    this.#settings = settings;
    this.#tools = tools;
    this.#client = new HttpClient({
      ...way,
      // Every request has its key. Where a person decides on a lost answer, he does here too.
      again: tools.unknown !== 'dead',
      baseUrl: settings.baseUrl,
      ...(answerLimit !== undefined && { answerLimit }),
      headers: { accept: 'application/json', ...headersOf(settings.headers) },
    });
    this.#token = auth?.oauth === undefined ? undefined : new OauthToken(auth.oauth, way, tools.now);
  }

  async deliver(record: RestRecord, delivery: DeliveryContext): Promise<Receipt> {
    if (!('create' in record)) {
      const { response, told } = await this.#done(record, delivery);
      return { summary: answeredWith(response.status), ...told };
    }
    return deliverPair(record, delivery, {
      send: (request) => this.#done(request, delivery),
      ask: (request) => this.#send({ ...request, method: 'GET' }, undefined, delivery),
    });
  }

  /** Sends one request; throws unless the target took it. */
  async #done(
    record: SentRequest,
    delivery: DeliveryContext,
  ): Promise<{ readonly response: HttpResponse; readonly told: Told }> {
    const { method = 'POST', headers, body } = record;
    const reserved = Object.keys(headers ?? {}).find(isReserved);
    if (reserved !== undefined) throw reservedHeader(reserved);
    const written =
      body === undefined || body === null
        ? undefined
        : await writtenBody(body, this.#settings.body ?? 'json', (file) =>
            this.#tools.attachment(file, delivery.scope),
          );
    const response = await this.#send(record, written, delivery);
    return { response, told: await outcomeOf(response, this.#tools, { method, record: body }) };
  }

  /** A token that the target refuses is fetched anew, once: a 401 has taken nothing. */
  async #send(record: SentRequest, written: WrittenBody | undefined, delivery: DeliveryContext): Promise<HttpResponse> {
    const token = await this.#token?.get(delivery.signal);
    const response = await this.#exchange(record, written, delivery, token);
    if (response.status !== 401 || token === undefined) return response;
    this.#token?.drop(token);
    return this.#exchange(record, written, delivery, await this.#token?.get(delivery.signal));
  }

  async #exchange(
    { method = 'POST', path, query, headers, body, again }: SentRequest,
    written: WrittenBody | undefined,
    delivery: DeliveryContext,
    token: string | undefined,
  ): Promise<HttpResponse> {
    const { auth, sign } = this.#settings;
    let answered: ((response: Exchange) => void) | undefined;
    const response = await this.#client.request({
      method,
      path,
      ...(again !== undefined && { again }),
      signal: delivery.signal,
      query: { ...query, ...this.#settings.query },
      headers: {
        ...(written && { 'content-type': written.type }),
        ...headersOf(headers),
        ...(token === undefined ? authorizationOf(auth) : { authorization: `Bearer ${token}` }),
        'idempotency-key': delivery.idempotencyKey,
        ...(sign &&
          signatureHeaders(sign, {
            id: delivery.idempotencyKey,
            timestamp: Math.floor(this.#tools.now() / 1000),
            method,
            path: pathWithin(path),
            body: written?.bytes ?? '',
          })),
      },
      ...(written && { body: written.bytes }),
      leaving: () => {
        answered = delivery.sent({ summary: summaryOf(method, path), ...(written && { body }) });
      },
    });
    answered?.(answerOf(response));
    return response;
  }

  /** HEAD on the base URL: any answer proves the address, 401 and 403 speak of the credentials. */
  async check({ mappings, signal }: CheckContext): Promise<Finding[]> {
    return [...(await this.#checkAddress(signal)), ...mappings.flatMap(({ name, record }) => checkPaths(name, record))];
  }

  async close(): Promise<void> {
    this.#token?.close();
    this.#client.close();
  }

  async #access(signal: AbortSignal): Promise<Record<string, string>> {
    const token = await this.#token?.get(signal);
    return token === undefined ? authorizationOf(this.#settings.auth) : { authorization: `Bearer ${token}` };
  }

  async #checkAddress(signal: AbortSignal): Promise<Finding[]> {
    try {
      const response = await this.#client.request({
        method: 'HEAD',
        path: '',
        query: this.#settings.query ?? {},
        headers: await this.#access(signal),
        signal,
      });
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

/** Paths that are written out in the mapping are judged at once, formulas when they have a value. */
function checkPaths(mapping: string, record: unknown): Finding[] {
  const parts = ['create', 'update', 'find'].map((part) => [memberOf(record, part), [part, 'path']] as const);
  return [[record, ['path']] as const, ...parts].flatMap(([request, place]) => {
    const path = memberOf(request, 'path');
    if (typeof path !== 'string' || path.startsWith('=')) return [];
    try {
      pathWithin(path);
      return [];
    } catch (error) {
      if (error instanceof RejectedError) return [{ level: 'error', text: error.text, mapping, path: place }];
      throw error;
    }
  });
}

const memberOf = (value: unknown, name: string): unknown => (isPlainObject(value) ? value[name] : undefined);

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
