import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type Router from '@koa/router';
import Koa from 'koa';
import { type Listener, listeningUrl } from './config/host.ts';
import { errorCode } from './process/error-code.ts';
import { OpenSockets } from './process/open-sockets.ts';
import { type RefusedRequest, refusedHint, refusedReason, refusedStatus } from './report/refused-request.ts';

interface ListenerParts {
  readonly listener: Listener;
  readonly routers: readonly Router[];
  /** An answer failed that nobody foresaw. */
  readonly failed: (error: unknown) => void;
  /** A request that reached no route, and the address it came from. */
  readonly refused: (reason: RefusedRequest, from: string | undefined) => void;
  /** Connections at a time. */
  readonly connections?: number;
  /** Milliseconds for the headers of a request. */
  readonly headersTimeout?: number;
}

/** Requests of one connection that wait for their turn; Huntflow sends one after the other. */
const pipelined = 256;

/** Nobody can listen there; `cause` is the system's error. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly host: string;

  constructor(host: string, cause: Error) {
    super(`cannot listen on ${host}`, { cause });
    this.host = host;
  }
}

/** One address that answers HTTP with a few routers and nothing else. */
export class HttpListener {
  readonly #server: Server;
  readonly #listener: Listener;
  readonly #refused: ListenerParts['refused'];
  readonly #sockets: OpenSockets;
  readonly #handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  #stopping = false;

  constructor({ listener, routers, failed, refused, connections = 1000, headersTimeout = 20_000 }: ListenerParts) {
    this.#listener = listener;
    this.#refused = refused;
    this.#sockets = new OpenSockets(connections, (socket) => refused('too-many-connections', socket.remoteAddress));
    const koa = new Koa();
    koa.silent = true;
    // A sender that hangs up, or breaks off within a chunk, is no fault of ours; everything else is worth a line, never
    // a stack to the sender.
    koa.on('error', (error: unknown) => {
      if (!isHangUp(error)) failed(error);
    });
    for (const router of routers) koa.use(router.routes()).use(router.allowedMethods());
    this.#handle = koa.callback();
    this.#server = createServer({
      keepAliveTimeout: 65_000,
      headersTimeout,
      requestTimeout: 120_000,
      connectionsCheckingInterval: Math.min(5000, headersTimeout),
      // Node answers such a request without a word to anybody; it is refused below.
      requireHostHeader: false,
    });
    const take = (request: IncomingMessage, response: ServerResponse) => this.#take(request, response);
    this.#server
      .on('connection', (socket: Socket) => this.#sockets.add(socket))
      .on('request', take)
      // whoever reads the body says so
      .on('checkContinue', take)
      .on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
        this.#refuse('expectation', request, response),
      )
      .on('clientError', (error: unknown, socket: Socket) => this.#refuseBroken(error, socket));
  }

  /** Rejects with ListenError when the address is taken or not this machine's. Resolves with the URL it listens on. */
  start(): Promise<string> {
    const { host, port } = this.#listener;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new ListenError(host, error));
      this.#server.once('error', fail);
      this.#server.listen({ host, port }, () => {
        this.#server.removeListener('error', fail);
        resolve(this.url);
      });
    });
  }

  get url(): string {
    const address = this.#server.address();
    return listeningUrl({ ...this.#listener, ...(isAddress(address) && { port: address.port }) });
  }

  /** Answers what has been asked, takes nothing new; connections still open when `deadline` fires are cut. */
  async stop(deadline: AbortSignal): Promise<void> {
    if (!this.#server.listening) return;
    this.#stopping = true;
    await new Promise<void>((resolve) => {
      const cut = () => this.#server.closeAllConnections();
      deadline.addEventListener('abort', cut, { once: true });
      this.#server.close(() => {
        deadline.removeEventListener('abort', cut);
        resolve();
      });
      for (const socket of this.#sockets.resting()) socket.destroy();
      if (deadline.aborted) cut();
    });
  }

  /** One after the other on each connection: what is pipelined costs no more than what is sent in turn. */
  #take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    if (request.headers.host === undefined && request.httpVersion !== '1.0') {
      this.#refuse('no-host', request, response);
      return;
    }
    const place = this.#sockets.begin({ request, response });
    response.once('close', () => this.#answered(socket));
    if (place > pipelined) {
      this.#refused('pipelined', socket.remoteAddress);
      socket.destroy();
    } else if (place <= 1) void this.#handle(request, response);
  }

  #answered(socket: Socket): void {
    const next = this.#sockets.end(socket);
    if (next !== undefined && !socket.destroyed) void this.#handle(next.request, next.response);
    else if (this.#stopping) socket.end();
  }

  #refuse(reason: RefusedRequest, request: IncomingMessage, response: ServerResponse): void {
    this.#refused(reason, request.socket.remoteAddress);
    response.writeHead(refusedStatus(reason), { connection: 'close' }).end(`${refusedHint(reason)}\n`);
  }

  /** Bytes that Node cannot read as a request, or that came too slowly. */
  #refuseBroken(error: unknown, socket: Socket): void {
    const reason = isHangUp(error) ? undefined : refusedReason(error);
    if (reason === undefined || !socket.writable) {
      socket.destroy();
      return;
    }
    this.#refused(reason, socket.remoteAddress);
    if (this.#sockets.isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const status = refusedStatus(reason);
    const text = `${refusedHint(reason)}\n`;
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
    socket.destroySoon();
  }
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function isHangUp(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === 'ECONNRESET' ||
    code === 'ECONNABORTED' ||
    code === 'EPIPE' ||
    code === 'HPE_INVALID_EOF_STATE' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE'
  );
}
