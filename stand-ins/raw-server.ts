import net from 'node:net';
import tls from 'node:tls';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { play } from '../adapters/testing/play.ts';
import type { Step } from '../adapters/testing/framing-faults.ts';

/** What the nth request of a connection (from 1) gets; `connection` counts from 1 as well. */
export type Script = (request: number, connection: number, socket: Socket) => readonly Step[];

/** A TCP server on loopback that reads requests as bytes and answers with the bytes it is told, right or wrong. */
export class RawServer {
  /** Whole requests that arrived. */
  requests = 0;
  connections = 0;
  script: Script;
  readonly #server: net.Server;
  readonly #sockets = new Set<Socket>();
  /** TCP connections by the port of the client: those under TLS as well. */
  readonly #wires = new Map<number | undefined, Socket>();

  private constructor(script: Script, tlsOptions: TlsOptions | undefined) {
    this.script = script;
    const take = (socket: Socket): void => this.#take(socket);
    this.#server = tlsOptions === undefined ? net.createServer(take) : tls.createServer(tlsOptions, take);
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (wire: Socket) => {
      this.#wires.set(wire.remotePort, wire);
      wire.once('close', () => this.#wires.delete(wire.remotePort));
    });
  }

  static async start(script: Script, tlsOptions?: TlsOptions): Promise<RawServer> {
    const server = new RawServer(script, tlsOptions);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
    return address.port;
  }

  get url(): string {
    return `${this.#server instanceof tls.Server ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    this.connections += 1;
    const connection = this.connections;
    const wire = this.#wires.get(socket.remotePort);
    let seen = 0;
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let length = lengthOfFirst(bytes); length !== undefined; length = lengthOfFirst(bytes)) {
        bytes = bytes.subarray(length);
        this.requests += 1;
        seen += 1;
        void play(socket, this.script(seen, connection, socket), wire);
      }
    });
  }
}

/** Bytes of the first whole request, or undefined. Requests of the tests are never chunked. */
function lengthOfFirst(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = Number(/content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1] ?? 0);
  return bytes.length >= end + 4 + length ? end + 4 + length : undefined;
}
