import type { Agent, ClientRequestArgs } from 'node:http';
import { TLSSocket } from 'node:tls';

/** How long a server that sends no session ticket is waited for, milliseconds. */
const silence = 150;

/**
 * TLS 1.3 lets a client speak before the server has judged its certificate; one that is refused then breaks the
 * connection under the request, and nobody can say whether that was taken. So a connection with a certificate of ours
 * is used once the server has sent a session ticket, which it does after judging (RFC 8446 4.6.1), or was silent.
 */
export function judgedFirst(agent: Agent): void {
  const make = agent.createConnection.bind(agent);
  agent.createConnection = (options: ClientRequestArgs, made) => {
    const socket = make(options);
    if (!(socket instanceof TLSSocket)) return socket;
    judged(socket).then(
      () => made?.(null, socket),
      (error: Error) => made?.(error, socket),
    );
    return undefined;
  };
}

/** @throws what broke the connection meanwhile. */
export function judged(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.off('session', taken).off('secureConnect', shaken).off('error', broken).off('close', closed);
      settle();
    };
    // The ticket is told of from within OpenSSL, where a write would hang.
    const taken = (): void => end(() => setImmediate(resolve));
    const broken = (error: Error): void => end(() => reject(timer === undefined ? error : refused()));
    const closed = (): void => broken(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const shaken = (): void => {
      if (socket.getProtocol() !== 'TLSv1.3') return taken();
      timer = setTimeout(taken, silence);
      socket.once('session', taken);
    };
    socket.once('secureConnect', shaken).once('error', broken).once('close', closed);
  });
}

function refused(): Error {
  return Object.assign(new Error('the certificate was refused'), { code: 'ERR_TLS_CLIENT_CERTIFICATE_REFUSED' });
}
