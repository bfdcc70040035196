import http from 'node:http';
import https from 'node:https';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { errorCode } from '../../src/toolkit.ts';
import { AnswerHead } from './answer-head.ts';
import { cutCodes } from './cut-codes.ts';
import { TransportError } from './transport-error.ts';
import type { Connections } from './connections.ts';
import type { Flaw } from './flaw.ts';

/** One request as it goes on the wire. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array | undefined;
  /** Bytes of the body of an answer. */
  readonly limit: number;
  /** Where the body of this answer goes as it comes, if not into memory; it is ended or destroyed with the answer. */
  readonly into?: BodySink | undefined;
}

export type BodySink = (status: number, headers: IncomingHttpHeaders) => Writable | undefined;

/** An answer whose status has come, whatever became of the rest. */
export interface Incoming {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly flaw?: Flaw | undefined;
}

// Servers behind single sign-on send more than the 16 KB that Node allows by default.
const headLimit = 64 * 1024;
const served = new WeakSet<Socket>();

/**
 * One request and its answer on one connection. The promise is kept as soon as the status is known and nothing more can
 * come: a fault in the framing, a broken connection or `cut` after that is a flaw of the answer and no failure.
 */
export class Exchange {
  readonly done: Promise<Incoming>;
  /** The connection had served others before, and broke before a byte of an answer had come. */
  stale = false;
  readonly #limit: number;
  readonly #connections: Connections;
  readonly #head = new AnswerHead();
  readonly #request: ClientRequest;
  readonly #chunks: Buffer[] = [];
  readonly #into: BodySink | undefined;
  #sink: Writable | undefined;
  #size = 0;
  #answer: IncomingMessage | undefined;
  #socket: Socket | undefined;
  #reused = false;
  #sent = false;
  #fault: string | undefined;
  #over = false;
  readonly #resolve: (answer: Incoming) => void;
  readonly #reject: (error: TransportError) => void;

  constructor(outgoing: Outgoing, connections: Connections, agent: http.Agent) {
    const { promise, resolve, reject } = Promise.withResolvers<Incoming>();
    this.done = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#limit = outgoing.limit;
    this.#into = outgoing.into;
    this.#connections = connections;
    this.#request = this.#open(outgoing, agent);
  }

  /** Ends it now: `code` says why. What had come of the answer stays. */
  cut(code: string): void {
    this.#fault ??= code;
    this.#settle();
    this.#request.destroy();
  }

  #open({ url, method, headers, body }: Outgoing, agent: http.Agent): ClientRequest {
    const { request: open } = url.protocol === 'https:' ? https : http;
    const request = open(url, { method, headers, agent, maxHeaderSize: headLimit });
    request.on('socket', (socket) => this.#take(socket));
    request.on('response', (answer) => this.#read(answer));
    request.on('upgrade', (answer, socket) => {
      this.#answer = answer;
      socket.destroy();
      this.#settle();
    });
    request.on('error', (error) => this.#failed(errorCode(error) ?? 'no code'));
    request.on('close', () => this.#failed('ECONNRESET'));
    request.end(body);
    return request;
  }

  #take(socket: Socket): void {
    this.#socket = socket;
    this.#reused = served.has(socket);
    socket.prependListener('data', this.#head.take); // Node's own listener throws away what it cannot parse
    if (this.#reused || !socket.connecting) this.#sent = true;
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => (this.#sent = true));
  }

  #read(answer: IncomingMessage): void {
    this.#answer = answer;
    this.#socket?.off('data', this.#head.take);
    if (this.#socket !== undefined) {
      served.add(this.#socket);
      this.#connections.announce(this.#socket, String(answer.headers['keep-alive'] ?? ''));
    }
    this.#sink = this.#into?.(answer.statusCode ?? 0, answer.headers);
    this.#sink?.on('error', () => this.cut('ERR_SINK')).on('drain', () => answer.resume());
    answer.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.#size > this.#limit) this.cut(cutCodes.large);
      else if (this.#sink === undefined) this.#chunks.push(chunk);
      else if (!this.#sink.write(chunk)) answer.pause();
    });
    answer.on('end', () => this.#settle());
    answer.on('error', (error) => this.#failed(errorCode(error) ?? 'no code'));
    answer.on('close', () => this.#settle());
  }

  /** While an answer is being read, what was read of it is still handed over: it ends or closes after the fault. */
  #failed(code: string): void {
    this.#fault ??= code;
    if (this.#answer === undefined) this.#settle();
  }

  #settle(): void {
    if (this.#over) return;
    this.#over = true;
    const status = this.#answer?.statusCode ?? this.#head.status;
    const code = this.#fault ?? (this.#answer?.complete === true ? undefined : 'ECONNRESET');
    if (status === undefined || status < 200) return this.#lose(code ?? `status ${status ?? ''}`.trim());
    const whole = this.#answer?.complete === true && (code === undefined || code.startsWith('HPE_'));
    if (whole) this.#sink?.end();
    else this.#sink?.destroy();
    this.#resolve({
      status,
      statusText: this.#answer?.statusMessage ?? '',
      headers: this.#answer?.headers ?? {},
      body: this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks),
      flaw: code === undefined ? undefined : { code, whole },
    });
  }

  #lose(code: string): void {
    // TLS 1.3 refuses a client's certificate after the request has left, and takes nothing of it (facts/targets.md 6).
    const refused = /^ERR_SSL_.*ALERT/.test(code) && !this.#head.begun;
    this.stale = this.#reused && !this.#head.begun && (code === 'ECONNRESET' || code === 'EPIPE');
    this.#reject(new TransportError(code, { sent: this.#sent && !refused }));
  }
}
