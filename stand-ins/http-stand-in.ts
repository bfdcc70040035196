import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A request as it arrived, target undecoded. */
export interface Arrival {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (arrival: Arrival, response: ServerResponse, socket: Socket) => void;

/** An HTTP server on loopback that notes what arrives and answers as told. */
export class HttpStandIn {
  readonly arrivals: Arrival[] = [];
  answer: Answer = (_arrival, response) => {
    response.end('{}');
  };
  readonly #server = http.createServer((request, response) => this.#take(request, response));
  readonly #sockets = new Set<Socket>();
  /** Connections that were ever opened. */
  connections = 0;

  /** @param port 0 for any that is free. */
  static async start(answer?: Answer, port = 0): Promise<HttpStandIn> {
    const standIn = new HttpStandIn();
    if (answer !== undefined) standIn.answer = answer;
    standIn.#server.on('connection', (socket) => {
      standIn.connections += 1;
      standIn.#sockets.add(socket);
      socket.once('close', () => standIn.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => standIn.#server.listen(port, '127.0.0.1', resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return portOf(this.#server.address());
  }

  /** Breaks every connection; stopping twice is fine. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const arrival = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      this.arrivals.push(arrival);
      this.answer(arrival, response, request.socket);
    });
  }
}

/** A port of loopback on which nobody listens. */
export async function closedPort(): Promise<number> {
  const standIn = await HttpStandIn.start();
  const { port } = standIn;
  await standIn.stop();
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
