import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../config/host.ts';
import { forwardingHeader } from '../../process/forwarding.ts';
import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';

/** Without users: whoever sits at this machine may act, and reveals nothing; throws for everybody else. */
export function localCaller({ socket, headers }: IncomingMessage): Caller {
  const peer = socket.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
  if (!isLoopback(peer) || forwardingHeader(headers) !== undefined)
    throw new ApiError(403, 'local-only', {
      ru: 'без пользователей консоль открыта только с этой машины и без прокси: заведите их командой user add',
      en: 'without users the console is open from this machine only, without a proxy: add some with the command user add',
    });
  return { name: 'local', role: 'admin', mayReveal: false, from: 'api', session: undefined };
}
