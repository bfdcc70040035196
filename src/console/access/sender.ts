import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../config/host.ts';

/**
 * Where somebody comes from who tries to log in: the peer; behind a proxy of this machine whom that names last, for
 * what stands before may be made up. Else all who come through the proxy would wait for one who guesses.
 */
export function senderOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return isLoopback(peer) && told !== '' ? told.slice(0, 100) : peer;
}
