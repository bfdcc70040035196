import { isIP } from 'node:net';

/** Where a request came from, for a line of the log. */
export interface Sender {
  /** Address of the peer, which may be a proxy. */
  readonly from: string;
  /** What the proxy says whom it speaks for; an address, or not there. */
  readonly forwardedFor?: string;
}

/** `forwarded`: X-Forwarded-For, whose last address is the one that the nearest proxy has seen itself. */
export function senderOf(from: string | undefined, forwarded: string | undefined): Sender {
  const last = forwarded?.slice(-100).split(',').at(-1)?.trim() ?? '';
  return { from: from ?? 'unknown', ...(isIP(last) !== 0 && { forwardedFor: last }) };
}
