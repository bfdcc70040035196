import { readFileSync } from 'node:fs';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where the SIEM listens. */
export interface SiemEnd {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly ca: string | undefined;
}

/** Milliseconds that one hand-over may take, from connecting to the other side's end. */
const longestHandOver = 20_000;

/**
 * Sends bytes over a connection of their own and resolves once the other side has ended it in order after having read
 * them all. Syslog over TCP has no answer (RFC 6587): a write that succeeded says only that this machine's kernel has
 * the bytes, and whatever the kernels hold is lost with a connection that breaks. But nobody ends his side in order
 * before he has read ours to its end, and a program that dies with bytes unread resets the connection.
 */
export async function handOver(bytes: Buffer, end: SiemEnd, signal: AbortSignal): Promise<void> {
  const socket = open(end);
  const late = AbortSignal.any([signal, AbortSignal.timeout(longestHandOver)]);
  try {
    await new Promise<void>((resolve, reject) => {
      const cut = () => reject(new Error(`${end.host}:${end.port} did not take the audit in time`));
      late.addEventListener('abort', cut, { once: true });
      let sent = false;
      socket.once('error', reject);
      socket.once('close', () => reject(new Error(`${end.host}:${end.port} broke the connection off`)));
      socket.once('end', () =>
        sent ? resolve() : reject(new Error(`${end.host}:${end.port} ended the connection before it had everything`)),
      );
      socket.resume(); // whatever it says, its end is what counts
      socket.once(end.tls ? 'secureConnect' : 'connect', () => socket.end(bytes, () => (sent = true)));
    });
  } finally {
    socket.destroy();
  }
}

function open({ host, port, tls, ca }: SiemEnd): Socket {
  if (!tls) return connect({ host, port });
  return connectTls({
    host,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca: readFileSync(ca) }),
  });
}
