import net from 'node:net';
import tls from 'node:tls';
import { judged } from './judged.ts';
import { errorCode } from '../../src/toolkit.ts';

/** How long a proxy may take to let us through, milliseconds. */
const longestHandshake = 15_000;
const headMost = 16 * 1024;

/** Why there is no way through the proxy; nothing has left for the target then. */
class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: string;

  constructor(code: string) {
    super(`the proxy does not let us through: ${code}`);
    this.code = `PROXY_${code}`;
  }
}

/** A connection to the target by way of the proxy: HTTP CONNECT, also for plain http, or SOCKS5. */
export async function throughProxy(proxy: URL, host: string, port: number): Promise<net.Socket> {
  try {
    return proxy.protocol === 'socks5:'
      ? await throughSocks(proxy, host, port)
      : await throughConnect(proxy, host, port);
  } catch (error) {
    throw error instanceof ProxyError ? error : new ProxyError(errorCode(error) ?? socksReason(error));
  }
}

/** The handshake of TLS with the target on such a connection. */
export function encrypted(socket: net.Socket, options: tls.ConnectionOptions): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ ...options, socket });
    if (options.cert !== undefined || options.pfx !== undefined) judged(secure).then(() => resolve(secure), reject);
    else {
      secure.once('error', reject);
      secure.once('secureConnect', () => {
        secure.off('error', reject);
        resolve(secure);
      });
    }
    secure.setTimeout(longestHandshake, () => secure.destroy(new ProxyError('TLS_TIMEOUT')));
    secure.once('secureConnect', () => secure.setTimeout(0));
  });
}

async function throughSocks(proxy: URL, host: string, port: number): Promise<net.Socket> {
  const { SocksClient } = await import('socks');
  const { socket } = await SocksClient.createConnection({
    proxy: {
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port || 1080),
      type: 5,
      ...(proxy.username !== '' && {
        userId: decodeURIComponent(proxy.username),
        password: decodeURIComponent(proxy.password),
      }),
    },
    command: 'connect',
    destination: { host, port },
    timeout: longestHandshake,
  });
  return socket;
}

/** The library says it in words alone. */
function socksReason(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  if (/authentication/i.test(words)) return 'SOCKS_AUTHENTICATION';
  return /timed out/i.test(words) ? 'SOCKS_TIMEOUT' : (/- (\w{3,40})/.exec(words)?.[1] ?? 'SOCKS_REFUSED');
}

function throughConnect(proxy: URL, host: string, port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const address = {
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80)),
    };
    const socket =
      proxy.protocol === 'https:' ? tls.connect({ ...address, servername: address.host }) : net.connect(address);
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const authorization =
      proxy.username === '' ? '' : `Proxy-Authorization: Basic ${Buffer.from(login, 'utf8').toString('base64')}\r\n`;
    let head = '';
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1 && head.length < headMost) return;
      const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
      if (status !== '200' || end + 4 !== head.length) return fail(new ProxyError(status ?? 'NO_HTTP'));
      for (const event of ['data', 'error', 'end', 'timeout']) socket.removeAllListeners(event);
      socket.setTimeout(0);
      resolve(socket);
    };
    socket.setTimeout(longestHandshake, () => fail(new ProxyError('TIMEOUT')));
    socket.once(proxy.protocol === 'https:' ? 'secureConnect' : 'connect', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`),
    );
    socket.on('data', read);
    socket.once('error', fail);
    socket.once('end', () => fail(new ProxyError('CLOSED')));
  });
}
