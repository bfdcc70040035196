import http from 'node:http';
import net from 'node:net';

/** An HTTP proxy on loopback that lets CONNECT through, or answers it with a status of its own. */
export class ConnectProxy {
  /** Target and login of every CONNECT. */
  readonly seen: string[] = [];
  readonly #server = http.createServer((_request, response) => response.writeHead(400).end());
  readonly #sockets = new Set<net.Socket>();

  private constructor(status: number) {
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
    this.#server.on('connect', (request, socket) => {
      this.seen.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
      if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      const [host, port] = (request.url ?? '').split(':');
      const onward = net.connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      this.#sockets.add(onward);
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  static async start(status = 200): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(status);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** Host and port. */
  get url(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
