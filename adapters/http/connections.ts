import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import { isIP, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { judgedFirst } from './judged.ts';
import { encrypted, throughProxy } from './proxy.ts';

// Apache, which publishes 1C, closes idle connections after 5 s by default; a request must not meet a connection that
// is being closed.
const idleTimeout = 4000;
/** A server that announces `Keep-Alive: timeout=N` is believed, less what a request needs to get there. */
const announcedMargin = 1000;

/**
 * The kept connections of one target. A server may close one together with its answer: that is seen two turns of the
 * event loop later, so for two turns nobody gets it (20 of 20 such POSTs failed without, none with: facts/targets.md
 * 9.2). Node's own agent would also set the keep-alive of TCP before each use (76 µs of 107 for a request).
 */
export class Connections {
  readonly agent: HttpAgent;
  /** Without memory: what it is asked for is a fresh connection. */
  readonly fresh: HttpAgent;
  readonly #announced = new WeakMap<object, number>();
  #settling: Promise<void> | undefined;

  constructor(secure: boolean, most: number, options: AgentOptions, proxy?: URL) {
    const Agent = secure ? HttpsAgent : HttpAgent;
    this.agent = new Agent({
      ...options,
      keepAlive: true,
      maxSockets: most,
      maxFreeSockets: most,
      timeout: idleTimeout,
      scheduling: 'lifo',
    });
    this.fresh = new Agent({ ...options, keepAlive: false });
    if (proxy !== undefined) for (const agent of [this.agent, this.fresh]) goThrough(agent, proxy, secure, options);
    else if (options.cert !== undefined || options.pfx !== undefined)
      for (const agent of [this.agent, this.fresh]) judgedFirst(agent);
    this.agent.keepSocketAlive = (socket) => this.#keep(socket);
    this.#settleFirst();
  }

  /** Resolves when every connection that was just freed may be used again; undefined: at once. */
  get settled(): Promise<void> | undefined {
    return this.#settling;
  }

  /** What the server said of how long it keeps this connection: `Keep-Alive: timeout=5`. */
  announce(socket: Socket, header: string): void {
    const seconds = /\btimeout=(\d{1,6})/.exec(header)?.[1];
    if (seconds !== undefined) this.#announced.set(socket, Number(seconds) * 1000);
  }

  /** What is under way ends in peace; nothing is kept. */
  retire(): void {
    this.agent.maxFreeSockets = 0;
    for (const sockets of Object.values(this.agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  close(): void {
    this.agent.destroy();
    this.fresh.destroy();
  }

  /** As Node's, but without the calls to the operating system. */
  #keep(socket: Duplex): boolean {
    const time = Math.min((this.#announced.get(socket) ?? Infinity) - announcedMargin, idleTimeout);
    if (time <= 0 || !(socket instanceof Socket)) return false;
    socket.unref();
    socket.setTimeout(time);
    return true;
  }

  #settleFirst(): void {
    const listeners = this.agent.listeners('free');
    const [reuse] = listeners;
    if (listeners.length !== 1 || typeof reuse !== 'function') return;
    this.agent.removeAllListeners('free');
    this.agent.on('free', (socket: Socket, options: object) => {
      const settling = settle(socket, () => Reflect.apply(reuse, this.agent, [socket, options]));
      this.#settling = settling;
      void settling.then(() => {
        if (this.#settling === settling) this.#settling = undefined;
      });
    });
  }
}

/** Connections of the agent are made by way of the proxy. */
function goThrough(agent: HttpAgent, proxy: URL, secure: boolean, tls: AgentOptions): void {
  agent.createConnection = (options, made) => {
    const { host, port, servername } = destinationOf(options);
    const dialling = throughProxy(proxy, host, port).then((socket): Socket | Promise<Socket> =>
      secure ? encrypted(socket, { ...tls, servername: tls.servername ?? servername }) : socket,
    );
    dialling.then(
      (socket) => made?.(null, socket),
      (error: Error) => made?.(error, new Socket()),
    );
    return undefined;
  };
}

function destinationOf(options: object): { readonly host: string; readonly port: number; readonly servername: string } {
  const { host, port }: { readonly host?: unknown; readonly port?: unknown } = options;
  const name = typeof host === 'string' ? host : '';
  return { host: name, port: Number(port), servername: isIP(name) === 0 ? name : '' };
}

/** A connection in nobody's hands that breaks must not end the process. */
function settle(socket: Socket, then: () => void): Promise<void> {
  const broken = (): void => void socket.destroy();
  socket.on('error', broken);
  return new Promise((resolve) => {
    setImmediate(() => {
      setImmediate(() => {
        socket.off('error', broken);
        then();
        resolve();
      });
    });
  });
}
