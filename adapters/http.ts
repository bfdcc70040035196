import { AxiosHeaders } from 'axios';
import { RejectedError } from '../src/adapter.ts';
import { failureError, isRepeatable } from './http/failures.ts';
import { pathWithin, queryText } from './http/path.ts';
import { Transport } from './http/transport.ts';
import { TransportError } from './http/transport-error.ts';
import type { HttpResponse } from './http/answers.ts';
import type { Query } from './http/path.ts';
import type { BodySink } from './http/exchange.ts';
import type { Received, TransportOptions } from './http/transport.ts';

// Adapters import this file alone, so what they need of its folder goes through it.
export { answeredWith, classify, retryAfterOf, textOf, textWithin } from './http/answers.ts';
export { outcomeOf, type Told } from './http/outcome.ts';
export { pathWithin } from './http/path.ts';
export type { HttpResponse } from './http/answers.ts';
export type { Query } from './http/path.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpClientOptions {
  /** http or https, without credentials; its own path stays as a prefix of every request. */
  readonly baseUrl: string;
  /** Milliseconds from the start of a request to the last byte of its answer. */
  readonly timeout: number;
  /** Bytes of an answer that are read at most, 64 MB unless said. */
  readonly answerLimit?: number;
  /** Connections at most. */
  readonly concurrency: number;
  /** Trust and certificates, where the system's do not do. */
  readonly tls?: TransportOptions['tls'];
  /** The way out, where there is no other; never one of the environment. */
  readonly proxy?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * A POST or PATCH may be sent again after a kept connection broke under it, for the target knows a repetition by its
   * key. Unless said it is not: what broke off may have been taken.
   */
  readonly again?: boolean;
}

export interface HttpRequest {
  readonly method: HttpMethod;
  /** Plain text within baseUrl, e.g. `/Catalog_ФизическиеЛица`; it is encoded here, escapes already written stay. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Whether this one may, whatever its method: false where the caller looks for itself. */
  readonly again?: boolean;
  /** For an answer that is too large for the memory: its body goes there as it comes, zipped as it is. */
  readonly into?: BodySink;
  /** Called once the request is known to be well formed, right before it is handed to the network. */
  readonly leaving?: () => void;
}

const bodyLimit = 64 * 1024 * 1024;

/** What asks for data: an answer that is not all there was no answer. */
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * HTTP to one target. Every status is an answer (see `classify`), redirects included: following one would carry
 * credentials elsewhere. Proxies of the environment are not used: records are personal data and targets are named
 * outright.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #base: string;
  readonly #host: string;
  readonly #transport: Transport;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#base = options.baseUrl.replace(/\/+$/, '');
    this.#host = new URL(options.baseUrl).host;
    this.#transport = new Transport({
      concurrency: options.concurrency,
      tls: options.tls,
      proxy: options.proxy === undefined || options.proxy === '' ? undefined : new URL(options.proxy),
    });
  }

  /**
   * A status that came is an answer, whatever became of the rest: `flaw` says what was wrong with it.
   * @throws RejectedError when path or headers are not fit to be sent, UnavailableError when nothing reached the
   * target, a repetition does no harm (GET, HEAD, OPTIONS, PUT, DELETE) or what was read is not all there,
   * UncertainError when a POST or PATCH was sent and no status came back.
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    const url = this.#base + pathWithin(request.path) + queryText(request.query ?? {});
    const headers = { 'user-agent': 'huntflow-connector', ...this.#options.headers, ...request.headers };
    checkHeaders(headers);
    const { method, signal, body: data } = request;
    if (signal.aborted) throw this.#failure('ERR_CANCELED', false, method);
    request.leaving?.();
    try {
      const answer = await this.#transport.send({
        method,
        url,
        headers: new AxiosHeaders(headers),
        data,
        signal,
        timeout: this.#options.timeout,
        maxContentLength: this.#options.answerLimit ?? bodyLimit,
        again: request.again ?? (this.#options.again === true || isRepeatable(method)),
        into: request.into,
      });
      if (answer.flaw?.whole === false && reading.has(method) && answer.status < 300)
        throw this.#failure(answer.flaw.code, true, method);
      return responseOf(answer);
    } catch (error) {
      if (error instanceof TransportError) throw this.#failure(error.code ?? '', error.sent, method);
      throw error;
    }
  }

  /** Closes the connections. */
  close(): void {
    this.#transport.close();
  }

  #failure(code: string, sent: boolean, method: string): Error {
    return failureError({ code, sent, method, host: this.#host, timeout: this.#options.timeout });
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

function responseOf({ status, headers, data, flaw }: Received): HttpResponse {
  return { status, headers, body: data, ...(flaw !== undefined && { flaw }) };
}
