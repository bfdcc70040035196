import { HttpClient, type HttpClientOptions, textOf } from '../http.ts';
import { type TlsSettings, tlsOf } from '../http/tls-files.ts';
import type { AdapterTools, DeliveryContext } from '../../src/adapter.ts';
import type { ChatAnswer, ChatRequest } from './dialect.ts';

export interface ChatOptions {
  /** Without a secret in it: errors name its host. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly proxy: string | undefined;
  readonly tls?: TlsSettings | undefined;
}

/** Requests of a chat's API, and their answers as they are read. */
export class Wire {
  readonly #client: HttpClient;
  readonly #way: Pick<HttpClientOptions, 'timeout' | 'concurrency' | 'proxy' | 'tls' | 'again'>;
  readonly #elsewhereTls: HttpClientOptions['tls'];
  readonly #now: () => number;
  #elsewhere: { readonly origin: string; readonly client: HttpClient } | undefined;

  /** @param again a key tells a repetition, so that a request whose connection broke under it may go once more. */
  constructor(options: ChatOptions, tools: AdapterTools, again: boolean) {
    const { timeout, concurrency, now } = tools;
    const { ca } = options.tls ?? {};
    this.#elsewhereTls = tlsOf(ca === undefined ? undefined : { ca }, tools);
    this.#way = { timeout, concurrency, proxy: options.proxy, tls: tlsOf(options.tls, tools), again };
    const headers = { accept: 'application/json', ...options.headers };
    this.#client = new HttpClient({ ...this.#way, baseUrl: options.baseUrl, headers });
    this.#now = now;
  }

  async ask(request: ChatRequest, signal: AbortSignal, delivery?: DeliveryContext): Promise<ChatAnswer> {
    const { method, path, query, body, form, bytes, summary, origin } = request;
    const encoded = form === undefined ? undefined : new Response(form);
    let answered: ReturnType<DeliveryContext['sent']> | undefined;
    const client = origin === undefined ? this.#client : this.#clientAt(origin);
    const response = await client.request({
      method,
      path,
      signal,
      ...(query && { query }),
      ...(body && { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }),
      ...(bytes && { headers: { 'content-type': 'application/octet-stream' }, body: bytes }),
      ...(encoded && {
        headers: { 'content-type': encoded.headers.get('content-type') ?? 'multipart/form-data' },
        body: Buffer.from(await encoded.arrayBuffer()),
      }),
      leaving: () => {
        answered = delivery?.sent({ summary, ...(body && { body }) });
      },
    });
    const text = textOf(response);
    const json = parsed(text);
    answered?.({ summary: String(response.status), body: json ?? text });
    return { status: response.status, headers: response.headers, json, text, at: this.#now() };
  }

  close(): void {
    this.#client.close();
    this.#elsewhere?.client.close();
  }

  /** The last one stays open: a chat brings its files to one place. It gets no credentials of the chat. */
  #clientAt(origin: string): HttpClient {
    if (this.#elsewhere?.origin === origin) return this.#elsewhere.client;
    this.#elsewhere?.client.close();
    // Who inspects TLS on the way does it for every host; a client certificate is no business of another one.
    const client = new HttpClient({ ...this.#way, tls: this.#elsewhereTls, baseUrl: origin });
    this.#elsewhere = { origin, client };
    return client;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
