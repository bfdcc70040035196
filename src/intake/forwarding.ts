import type { IncomingHttpHeaders } from 'node:http';

/** What proxies, load balancers and delivery networks say of whom they speak for. */
const names = new Set([
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-remote-ip',
  'x-remote-addr',
  'x-originating-ip',
  'x-proxyuser-ip',
  'x-envoy-external-address',
  'x-azure-clientip',
  'x-azure-socketip',
  'x-appengine-user-ip',
  'true-client-ip',
  'client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'cf-ray',
  'cf-visitor',
  'cdn-loop',
  'fastly-client-ip',
  'fly-client-ip',
  'do-connecting-ip',
  'oxy-real-ip',
]);

const prefixes = ['x-forwarded', 'x-original-', 'x-real-', 'x-envoy-', 'x-arr-'];

/** The name of a header by which a request shows that it came through a proxy; undefined when it shows none. */
export function forwardingHeader(headers: IncomingHttpHeaders): string | undefined {
  return Object.keys(headers).find((name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
}
