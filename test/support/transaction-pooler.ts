import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { PooledClient, ServerLink } from './pooled-client.ts';
import { WireMessages } from './postgres-wire.ts';
import { pause } from './pause.ts';

/** What a client's first message begins with (PostgreSQL manual, "Message Formats"). */
const tlsWanted = 80877103;
const protocol3 = 196608;

/**
 * A stand-in for PgBouncer in transaction mode, for machines without one. It speaks as much of PostgreSQL's protocol
 * 3.0 as it takes to lend a few server connections to any number of clients, each for one transaction and the longest
 * unused one first, so that whatever a client puts on its session is lost at once. It lets everybody in, resets
 * nothing, and has neither TLS nor cancel.
 */
export class TransactionPooler {
  readonly #server: Server;
  readonly #upstream: number;
  readonly #size: number;
  readonly #pools = new Map<string, Pool>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, upstream: number, size: number) {
    this.#server = server;
    this.#upstream = upstream;
    this.#size = size;
  }

  /** Before the server on that port; `size`: its connections to each database. */
  static async start({ port }: { readonly port: number }, size: number): Promise<TransactionPooler> {
    const server = createServer({ noDelay: true });
    const pooler = new TransactionPooler(server, port, size);
    server.on('connection', (socket) => pooler.#welcome(socket));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return pooler;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Dies without a word and is back after so many milliseconds. */
  async crash(away: number): Promise<void> {
    const { port } = this;
    await this.stop();
    await pause(away);
    await once(this.#server.listen(port, '127.0.0.1'), 'listening');
  }

  async stop(): Promise<void> {
    const closed = once(this.#server.close(), 'close');
    for (const pool of this.#pools.values()) pool.close();
    this.#pools.clear();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  #welcome(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    const messages = new WireMessages({ typed: false });
    socket.on('data', (chunk: Buffer) => {
      for (const message of messages.cut(chunk)) {
        const code = message.readInt32BE(4);
        if (code === tlsWanted) socket.write('N');
        else if (code !== protocol3) socket.destroy();
        else {
          socket.removeAllListeners('data');
          const words = message.toString('utf8', 8).split('\0');
          this.#poolOf(words[words.indexOf('database') + 1] ?? '').join(new PooledClient(socket));
        }
      }
    });
  }

  #poolOf(database: string): Pool {
    const pool = this.#pools.get(database) ?? new Pool(this.#upstream, database, this.#size);
    this.#pools.set(database, pool);
    return pool;
  }
}

/** The server connections to one database, and the clients that wait for one; both in the order in which they came. */
class Pool {
  readonly #port: number;
  readonly #database: string;
  readonly #size: number;
  readonly #links = new Set<ServerLink>();
  readonly #idle = new Set<ServerLink>();
  readonly #waiting = new Set<PooledClient>();

  constructor(port: number, database: string, size: number) {
    this.#port = port;
    this.#database = database;
    this.#size = size;
  }

  join(client: PooledClient): void {
    const want = () => {
      this.#waiting.add(client);
      while (this.#links.size < this.#size) this.#open();
      this.#lend();
    };
    client.socket.on('close', () => this.#waiting.delete(client));
    client.listen(want);
    want();
  }

  close(): void {
    for (const { socket } of this.#links) socket.resetAndDestroy();
  }

  #lend(): void {
    for (const client of this.#waiting) {
      const [link] = this.#idle;
      if (link === undefined) return;
      this.#waiting.delete(client);
      if (client.greeted) {
        this.#idle.delete(link);
        link.serve(client);
      } else client.greet(link.parameters);
    }
  }

  #open(): void {
    const link = new ServerLink(this.#port, this.#database, () => {
      this.#idle.add(link);
      this.#lend();
    });
    this.#links.add(link);
    link.socket.on('close', () => {
      this.#links.delete(link);
      this.#idle.delete(link);
      link.client?.end('server conn crashed?');
      if (this.#links.size === 0) for (const client of this.#waiting) client.end('server login has been failing');
    });
  }
}
