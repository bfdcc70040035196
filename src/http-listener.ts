import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type Router from '@koa/router';
import Koa from 'koa';
import type { Listener } from './config/config.ts';
import { errorCode } from './process/error-code.ts';

/** One address that answers HTTP with a few routers and nothing else. */
export class HttpListener {
  readonly #server: Server;
  readonly #listener: Listener;
  /** Connections without a request under way; Node does not count those as idle that never had one. */
  readonly #resting = new Set<Socket>();
  #stopping = false;

  constructor(listener: Listener, routers: readonly Router[], failed: (error: unknown) => void) {
    this.#listener = listener;
    const koa = new Koa();
    koa.silent = true;
    // A sender that hangs up, or breaks off within a chunk, is no fault of ours; everything else is worth a line, never
    // a stack to the sender.
    koa.on('error', (error: unknown) => {
      if (!isHangUp(error)) failed(error);
    });
    for (const router of routers) koa.use(router.routes()).use(router.allowedMethods());
    const handle = koa.callback();
    this.#server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 120_000 }, (request, response) => {
      const { socket } = request;
      this.#resting.delete(socket);
      response.once('close', () => {
        if (this.#stopping) socket.end();
        else if (!socket.destroyed) this.#resting.add(socket);
      });
      void handle(request, response);
    });
    this.#server.on('connection', (socket) => {
      this.#resting.add(socket);
      socket.once('close', () => this.#resting.delete(socket));
    });
  }

  /** Rejects when the address is taken. Resolves with the URL it listens on. */
  start(): Promise<string> {
    const { host, port } = this.#listener;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.removeListener('error', reject);
        resolve(this.url);
      });
    });
  }

  get url(): string {
    const address = this.#server.address();
    const port = isAddress(address) ? address.port : this.#listener.port;
    const { host } = this.#listener;
    return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
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
      for (const socket of this.#resting) socket.destroy();
      if (deadline.aborted) cut();
    });
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
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    code?.startsWith('HPE_') === true
  );
}
