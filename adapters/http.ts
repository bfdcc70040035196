import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { AxiosHeaders } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { RejectedError } from '../src/adapter.ts';
import { failureError } from './http/failures.ts';
import { pathWithin, queryText } from './http/path.ts';
import { Wire } from './http/wire.ts';
import type { HttpResponse } from './http/answers.ts';
import type { Query } from './http/path.ts';

// Adapters import this file alone, so what they need of its folder goes through it.
export { classify, retryAfterOf, textOf } from './http/answers.ts';
export { pathWithin } from './http/path.ts';
export type { HttpResponse } from './http/answers.ts';
export type { Query, QueryValue } from './http/path.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpClientOptions {
  /** http or https, without credentials; its own path stays as a prefix of every request. */
  readonly baseUrl: string;
  /** Milliseconds from the start of a request to the last byte of its answer. */
  readonly timeout: number;
  /** Connections at most. */
  readonly concurrency: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpRequest {
  readonly method: HttpMethod;
  /** Plain text within baseUrl, e.g. `/Catalog_ФизическиеЛица`; it is encoded here, escapes already written stay. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Called once the request is known to be well formed, right before it is handed to the network. */
  readonly leaving?: () => void;
}

const bodyLimit = 64 * 1024 * 1024;
// Apache, which publishes 1C, closes idle connections after 5 s by default; a request must not meet a connection that
// is being closed.
const idleTimeout = 4000;

// Of axios only what speaks HTTP: merging configs, interceptors and transformations are not used here and were a third
// of its time (measured).
const send = axios.getAdapter('http');

/**
 * HTTP to one target. Every status is an answer (see `classify`), redirects included: following one would carry
 * credentials
 * elsewhere. Proxies of the environment are not used: records are personal data and targets are named outright.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #host: string;
  readonly #config: Omit<InternalAxiosRequestConfig, 'headers'>;
  readonly #agents: readonly HttpAgent[];

  constructor(options: HttpClientOptions) {
    const pool = {
      keepAlive: true,
      maxSockets: options.concurrency,
      maxFreeSockets: options.concurrency,
      timeout: idleTimeout,
    };
    const httpAgent = new HttpAgent(pool);
    const httpsAgent = new HttpsAgent(pool);
    this.#options = options;
    this.#host = new URL(options.baseUrl).host;
    this.#agents = [httpAgent, httpsAgent];
    this.#config = {
      baseURL: options.baseUrl.replace(/\/+$/, ''),
      httpAgent,
      httpsAgent,
      allowAbsoluteUrls: false,
      maxRedirects: 0,
      proxy: false,
      decompress: true,
      responseType: 'arraybuffer',
      maxContentLength: bodyLimit,
      maxBodyLength: bodyLimit,
      validateStatus: () => true,
    };
  }

  /**
   * @throws RejectedError when path or headers are not fit to be sent, UnavailableError when nothing reached the target
   * or a
   * repetition does no harm (GET, HEAD, OPTIONS, PUT, DELETE), UncertainError when a POST or PATCH was sent and its
   * answer lost.
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    const url = pathWithin(request.path) + queryText(request.query ?? {});
    const headers = { 'user-agent': 'huntflow-connector', ...this.#options.headers, ...request.headers };
    checkHeaders(headers);
    const { method, signal, body: data } = request;
    if (signal.aborted) throw this.#failure('aborted', '', false, method);

    const cut = new AbortController();
    const onAbort = (): void => cut.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      cut.abort();
    }, this.#options.timeout);
    const wire = new Wire();
    request.leaving?.();
    try {
      return responseOf(
        await send({
          ...this.#config,
          method,
          url,
          headers: new AxiosHeaders(headers),
          data,
          signal: cut.signal,
          transport: wire,
        }),
      );
    } catch (error) {
      const reason = signal.aborted ? 'aborted' : late ? 'timeout' : 'network';
      throw this.#failure(reason, codeOf(error), wire.sent, method);
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Closes the idle connections. */
  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  #failure(reason: 'aborted' | 'timeout' | 'network', code: string, sent: boolean, method: string): Error {
    return failureError({ reason, code, sent, method, host: this.#host, timeout: this.#options.timeout });
  }
}

/** `Authorization` for a user and a password, as UTF-8: 1C takes Cyrillic logins in no other way (facts/1c.md 1.9). */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    // RFC 9110 5.5 and 5.6.2; axios would drop such characters without a word.
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
    throw new RejectedError({
      ru: `Заголовок «${name.replace(/[^\x20-\x7e]/g, '?')}» нельзя отправить: в нём перевод строки или символ вне Latin-1. Передайте это в теле или закодируйте.`,
      en:
        `Header "${name.replace(/[^\x20-\x7e]/g, '?')}" cannot be sent: it has a line break or a character ` +
        'outside Latin-1. Put it in the body or encode it.',
    });
  }
}

function responseOf(answer: AxiosResponse<Buffer>): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && value !== null)
      headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return { status: answer.status, headers, body: Buffer.from(answer.data) };
}

/** Only the code is kept of a failed request: the error itself carries headers and body. */
function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'no code';
}
