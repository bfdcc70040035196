import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './network-of.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface OpenSocket {
  readonly network: string;
  /** Not answered yet, in the order they came; the first has its turn. */
  readonly exchanges: Exchange[];
}

/**
 * The connections of a listener, at most so many. One too many closes another: of the network with the most of them the
 * one that has been without a whole request for longest. Strangers so close their own connections; behind a proxy all
 * have one address, and the rule is still the right one.
 */
export class OpenSockets {
  readonly #limit: number;
  readonly #evicted: (socket: Socket) => void;
  /** The one whose last answer is oldest first. */
  readonly #sockets = new Map<Socket, OpenSocket>();
  readonly #networks = new Map<string, number>();

  constructor(limit: number, evicted: (socket: Socket) => void) {
    this.#limit = limit;
    this.#evicted = evicted;
  }

  add(socket: Socket): void {
    const network = networkOf(socket.remoteAddress ?? '');
    this.#sockets.set(socket, { network, exchanges: [] });
    this.#networks.set(network, (this.#networks.get(network) ?? 0) + 1);
    socket.once('close', () => this.#remove(socket));
    if (this.#sockets.size <= this.#limit) return;
    const victim = this.#victim() ?? socket;
    this.#evicted(victim);
    victim.destroy();
    this.#remove(victim);
  }

  /** How many requests of the connection are under way now, this one included. */
  begin(exchange: Exchange): number {
    return this.#sockets.get(exchange.request.socket)?.exchanges.push(exchange) ?? 0;
  }

  /** The first request has its answer; gives the next one that came meanwhile. */
  end(socket: Socket): Exchange | undefined {
    const open = this.#sockets.get(socket);
    if (open === undefined) return undefined;
    open.exchanges.shift();
    this.#sockets.delete(socket);
    this.#sockets.set(socket, open);
    return open.exchanges[0];
  }

  /** Whether an answer is under way, of which the other side may have seen the beginning. */
  isAnswering(socket: Socket): boolean {
    return this.#sockets.get(socket)?.exchanges.some(({ response }) => response.headersSent) ?? false;
  }

  /** Connections without a request under way; Node does not count those as idle that never had one. */
  *resting(): Iterable<Socket> {
    for (const [socket, { exchanges }] of this.#sockets) if (exchanges.length === 0) yield socket;
  }

  #victim(): Socket | undefined {
    let crowded: string | undefined;
    let most = 0;
    for (const [network, count] of this.#networks) if (count > most) [crowded, most] = [network, count];
    for (const [socket, { network, exchanges }] of this.#sockets) {
      const waits = exchanges.every(({ request, response }) => !request.complete || response.writableEnded);
      if (network === crowded && waits) return socket;
    }
    return undefined;
  }

  #remove(socket: Socket): void {
    const open = this.#sockets.get(socket);
    if (open === undefined) return;
    this.#sockets.delete(socket);
    const left = (this.#networks.get(open.network) ?? 1) - 1;
    if (left > 0) this.#networks.set(open.network, left);
    else this.#networks.delete(open.network);
  }
}
