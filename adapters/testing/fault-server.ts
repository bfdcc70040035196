import net from 'node:net';
import http from 'node:http';
import { play } from './play.ts';
import { requestIn } from './wire-request.ts';
import type { AddressInfo, Socket } from 'node:net';
import type { Fault } from './faults.ts';
import type { WireAnswer, WireRequest } from './wire-request.ts';

/** The target itself: takes the request, for good, and says what it answers. */
export type Commit = (request: WireRequest) => WireAnswer | Promise<WireAnswer>;

/**
 * An HTTP server on the loopback that is a target as you write it, or stands before another one, and answers with a
 * fault when it is told to. Faults strike requests that write; `strikes` chooses others.
 */
export class FaultServer {
  /** Whole requests that arrived. */
  readonly requests: WireRequest[] = [];
  fault: Fault | undefined;
  /** Requests that met a fault. */
  struck = 0;
  /** From now on nobody gets an answer. */
  hanging = false;
  strikes: (request: WireRequest) => boolean = ({ method }) => !/^(GET|HEAD|OPTIONS)$/.test(method);
  readonly #commit: Commit;
  readonly #server = net.createServer((socket) => this.#take(socket));
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(commit: Commit) {
    this.#commit = commit;
  }

  static async start(commit: Commit): Promise<FaultServer> {
    const server = new FaultServer(commit);
    await server.listen();
    return server;
  }

  /** Before an HTTP server that stands at `origin`, e.g. `http://127.0.0.1:8080`. */
  static before(origin: string): Promise<FaultServer> {
    return FaultServer.start((request) => passedOn(request, new URL(origin)));
  }

  /** Without a path. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Again on the same port after `stop`. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = portOf(this.#server.address());
  }

  /** Breaks every connection; stopping twice is fine. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    let turn = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let found = requestIn(bytes); found !== undefined; found = requestIn(bytes)) {
        const { request, length } = found;
        bytes = bytes.subarray(length);
        this.requests.push(request);
        turn = turn.then(() => this.#answer(request, socket)).catch(() => void socket.destroy());
      }
    });
  }

  async #answer(request: WireRequest, socket: Socket): Promise<void> {
    const { fault } = this;
    if (this.hanging) return;
    if (fault === undefined || !this.strikes(request)) return void socket.write(bytesOf(await this.#commit(request)));
    this.struck += 1;
    const answer = fault.taken ? await this.#commit(request) : undefined;
    await play(socket, fault.steps(answer === undefined || answer.status >= 300 ? 200 : answer.status));
  }
}

function bytesOf({ status, headers = {}, body = '' }: WireAnswer): Buffer {
  const content = Buffer.from(body);
  const own = Object.entries(headers).filter(
    ([name]) => !/^(content-length|transfer-encoding|connection)$/i.test(name),
  );
  const length = status === 204 || status === 304 ? [] : [`Content-Length: ${content.length}`];
  const head = [`HTTP/1.1 ${status} Said`, ...own.map(([name, value]) => `${name}: ${value}`), ...length];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content]);
}

async function passedOn({ method, path, headers, body }: WireRequest, origin: URL): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const { hostname, port } = origin;
  const onward = http.request({ hostname, port, method, path, headers: { ...headers, connection: 'close' } });
  onward.on('error', reject);
  onward.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
      resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(told), body: Buffer.concat(chunks) });
    });
  });
  onward.end(body);
  return promise;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
