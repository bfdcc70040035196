import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The connection was refused before it was made: its address is one of a private network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = 'PRIVATE_ADDRESS';
}

/**
 * Whether an address is one of the open internet. What wraps an IPv4 address (mapped, 6to4, NAT64) is judged by what it
 * wraps, and everything that is no plain unicast is not public (facts/targets.md 7).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.range() === 'unicast';
  if (parsed.isIPv4MappedAddress()) return isPublic(parsed.toIPv4Address().toString());
  const parts = parsed.parts;
  const wrapped = (high: number | undefined, low: number | undefined): string =>
    [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
  // ::/96, of old: IPv4 in other words.
  if (parts.slice(0, 6).every((part) => part === 0)) return isPublic(wrapped(parts[6], parts[7]));
  if (parts[0] === 0x2002) return isPublic(wrapped(parts[1], parts[2]));
  // 64:ff9b:1::/48 is NAT64 of a network's own, with prefixes of its own (RFC 8215).
  if (parts[0] === 0x64 && parts[1] === 0xff9b)
    return parts.slice(2, 6).every((part) => part === 0) && isPublic(wrapped(parts[6], parts[7]));
  return parsed.range() === 'unicast';
}

/** A literal address goes past the look-up of a connection and is judged by itself; a name is judged there. */
export function isPrivateLiteral(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 && !isPublic(bare);
}

/** The look-up of a connection that fails when any address of the name is private: the one checked is the one used. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, '', 0);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => !isPublic(address)))
      return done(new PrivateAddressError('the name stands for a private address'), '', 0);
    return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
  });
};
