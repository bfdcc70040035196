import axios from 'axios';
import type { AxiosRequestHeaders, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { AgentOptions } from 'node:https';
import { errorCode } from '../../src/toolkit.ts';
import { cutCodes } from './cut-codes.ts';
import { Connections } from './connections.ts';
import { Exchange } from './exchange.ts';
import { isRepeatable } from './failures.ts';
import { TransportError } from './transport-error.ts';
import { unzip } from './unzip.ts';
import type { Flaw } from './flaw.ts';
import type { BodySink, Incoming, Outgoing } from './exchange.ts';

export interface TransportOptions {
  /** Connections at most. */
  readonly concurrency: number;
  /** Trust and certificates of https; asked for at every request, for files change. */
  readonly tls?: (() => AgentOptions) | undefined;
  /** `http://`, `https://` or `socks5://`, with user and password where it wants them. */
  readonly proxy?: URL | undefined;
}

/** What axios gives, and what was wrong with it. */
export interface Received extends AxiosResponse<Buffer> {
  readonly headers: Record<string, string>;
  readonly flaw?: Flaw | undefined;
}

/** As axios asks, and one thing more. */
export interface SendConfig extends InternalAxiosRequestConfig {
  /** Once more after a kept connection broke under it; unless said, only where a repetition does no harm. */
  readonly again?: boolean;
  readonly into?: BodySink | undefined;
}

/**
 * A request that its connection did not survive may be tried once more on a fresh one: the server had closed it while
 * the request was on the way, or it died with the request taken, and nothing tells the two apart. The first is seen
 * within a round trip; a connection that breaks later than this many milliseconds broke while the target was at work.
 */
const crossing = 1000;

/**
 * How HTTP goes out, for axios' `adapter` hook. axios' own tells nothing of an answer that came with a flaw and costs
 * 2.6 times node:http (facts/targets.md 9). Follows no redirect, knows no proxy of the environment, and has one
 * deadline (`config.timeout`) from the start to the last byte.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #connections = new Map<string, { readonly tls: AgentOptions | undefined; readonly made: Connections }>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * Answers every status; the body is bytes, unzipped.
   * @throws TransportError when no status came.
   */
  readonly send = async (config: SendConfig): Promise<Received> => {
    const outgoing = outgoingOf(config);
    const { url, limit } = outgoing;
    const connections = this.#connectionsTo(url);
    const running = new Running(config.timeout ?? 0, config.signal ?? undefined);
    try {
      if (connections.settled !== undefined) await connections.settled;
      const answer = await exchanged(outgoing, connections, running, config.again ?? isRepeatable(outgoing.method));
      const zipped = answer.headers['content-encoding'];
      const { body, flaw } = zipped === undefined ? answer : await unzip(answer.body, zipped, limit);
      return receivedOf(config, answer, body, answer.flaw ?? flaw);
    } finally {
      running.end();
    }
  };

  close(): void {
    for (const { made } of this.#connections.values()) made.close();
  }

  #connectionsTo({ protocol }: URL): Connections {
    const known = this.#connections.get(protocol);
    const tls = protocol === 'https:' ? this.#options.tls?.() : undefined;
    if (known !== undefined && known.tls === tls) return known.made;
    const { concurrency, proxy } = this.#options;
    const made = new Connections(protocol === 'https:', concurrency, tls ?? {}, proxy);
    this.#connections.set(protocol, { tls, made });
    known?.made.retire();
    return made;
  }
}

/** The exchange under way, for the deadline and the caller's signal to cut. */
class Running {
  #exchange: Exchange | undefined;
  #ended: string | undefined;
  readonly #deadline: NodeJS.Timeout | undefined;
  readonly #signal: InternalAxiosRequestConfig['signal'];

  constructor(timeout: number, signal: InternalAxiosRequestConfig['signal']) {
    this.#deadline = timeout > 0 ? setTimeout(() => this.#cut(cutCodes.late), timeout) : undefined;
    this.#signal = signal;
    signal?.addEventListener?.('abort', this.#aborted);
    if (signal?.aborted === true) this.#ended = cutCodes.aborted;
  }

  run(exchange: () => Exchange): Exchange {
    if (this.#ended !== undefined) throw new TransportError(this.#ended, { sent: false });
    try {
      this.#exchange = exchange();
      return this.#exchange;
    } catch (error) {
      // A certificate that is none, a PFX of an old make: OpenSSL says so before there is a connection.
      throw new TransportError(errorCode(error) ?? 'ERR_SSL_SETTINGS', { sent: false });
    }
  }

  end(): void {
    clearTimeout(this.#deadline);
    this.#signal?.removeEventListener?.('abort', this.#aborted);
  }

  readonly #aborted = (): void => this.#cut(cutCodes.aborted);

  #cut(code: string): void {
    this.#ended ??= code;
    this.#exchange?.cut(code);
  }
}

async function exchanged(
  outgoing: Outgoing,
  connections: Connections,
  running: Running,
  again: boolean,
): Promise<Incoming> {
  const begun = performance.now();
  const first = running.run(() => new Exchange(outgoing, connections, connections.agent));
  try {
    return await first.done;
  } catch (error) {
    const crossed = isRepeatable(outgoing.method) || performance.now() - begun < crossing;
    if (!again || !first.stale || !crossed) throw error;
    return running.run(() => new Exchange(outgoing, connections, connections.fresh)).done;
  }
}

function outgoingOf(config: SendConfig): Outgoing {
  const { method = 'get', maxContentLength = -1 } = config;
  const body: unknown = config.data;
  return {
    url: new URL(
      config.baseURL === undefined && config.params === undefined ? (config.url ?? '') : axios.getUri(config),
    ),
    method: method.toUpperCase(),
    headers: headersOf(config.headers),
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
    limit: maxContentLength >= 0 ? maxContentLength : Number.MAX_SAFE_INTEGER,
    into: config.into,
  };
}

function headersOf(given: AxiosRequestHeaders): Outgoing['headers'] {
  const headers: Record<string, string | string[]> = { 'accept-encoding': 'gzip, deflate, br' };
  for (const [name, value] of Object.entries(given)) {
    if (Array.isArray(value)) headers[name] = value.map(String);
    else if (typeof value === 'string' || typeof value === 'number') headers[name] = String(value);
  }
  return headers;
}

/** Several values of one name are joined by `, `. */
function receivedOf(
  config: InternalAxiosRequestConfig,
  answer: Incoming,
  body: Buffer,
  flaw: Flaw | undefined,
): Received {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { status: answer.status, statusText: answer.statusText, headers, config, data: body, flaw };
}
