import type { IncomingHttpHeaders } from 'node:http';

/** What proxies, load balancers and delivery networks say of whom they speak for. */
const names = new Set([
  'forwarded',
  'via',
  'client-ip',
  'x-remote-ip',
  'x-remote-addr',
  'x-proxyuser-ip',
  'x-sucuri-clientip',
  'x-scheme',
  'x-url-scheme',
  'x-host',
  'x-amzn-trace-id',
  'x-varnish',
  'x-bluecoat-via',
  'x-nginx-proxy',
  'front-end-https',
  'surrogate-capability',
  'cdn-loop',
]);

const families = [
  'x-forwarded',
  'x-original-',
  'x-real-',
  'x-envoy-',
  'x-arr-',
  'x-azure-',
  'x-appengine-',
  'x-vercel-',
  'x-akamai-',
  'x-proxy-',
  'akamai-',
  'cf-',
  'fastly-',
  'incap-',
];
/** `X-Cluster-Client-IP`, `WL-Proxy-Client-IP`, `DO-Connecting-IP`, …: each product puts its own name before. */
const endings = ['-client-ip', '-real-ip', '-connecting-ip', '-connecting-ipv6', '-connection-ip', '-originating-ip'];

/** The name of a header by which a request shows that it came through a proxy; undefined when it shows none. */
export function forwardingHeader(headers: IncomingHttpHeaders): string | undefined {
  return Object.keys(headers).find(
    (name) =>
      names.has(name) ||
      families.some((family) => name.startsWith(family)) ||
      endings.some((ending) => name.endsWith(ending)),
  );
}
