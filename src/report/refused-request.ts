import { errorCode } from '../process/error-code.ts';
import { property } from '../process/property.ts';

/** Why a request never reached a route. */
export type RefusedRequest =
  | 'tls'
  | 'http2'
  | 'proxy-protocol'
  | 'headers-too-large'
  | 'no-host'
  | 'expectation'
  | 'too-slow'
  | 'too-many-connections'
  | 'pipelined'
  | 'malformed';

/** What it most likely means, and what to do. */
export function refusedHint(reason: RefusedRequest): string {
  switch (reason) {
    case 'tls':
      return (
        'it speaks TLS (https) to a plain port; write http:// between proxy and service, or put a TLS proxy in ' +
        'front'
      );
    case 'http2':
      return 'it speaks HTTP/2 to a port of HTTP/1.1; have the proxy speak HTTP/1.1 to the service';
    case 'proxy-protocol':
      return 'it begins with the PROXY protocol; switch that off in the proxy, the service knows only HTTP';
    case 'headers-too-large':
      return 'its headers are longer than 16 KB; if it came from Huntflow, see what the proxy in front adds';
    case 'no-host':
      return 'it has no Host header';
    case 'expectation':
      return 'it expects something that this service does not know';
    case 'too-slow':
      return 'its headers or its body did not arrive in time';
    case 'too-many-connections':
      return 'there were too many connections, and this one had been waiting for longest';
    case 'pipelined':
      return 'it came behind too many others on its connection that are not answered yet';
    case 'malformed':
      return 'it is no HTTP/1.1 that could be read';
  }
}

/** Of an error by which Node gives a connection up before there is a request. */
export function refusedReason(error: unknown): RefusedRequest {
  switch (errorCode(error)) {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'headers-too-large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'too-slow';
    default:
      return spoken(error);
  }
}

export function refusedStatus(reason: RefusedRequest): number {
  switch (reason) {
    case 'headers-too-large':
      return 431;
    case 'too-slow':
      return 408;
    case 'expectation':
      return 417;
    case 'too-many-connections':
    case 'pipelined':
      return 429;
    case 'tls':
    case 'http2':
    case 'proxy-protocol':
    case 'no-host':
    case 'malformed':
      return 400;
  }
}

/** Which other language the first bytes are of. */
function spoken(error: unknown): RefusedRequest {
  const packet = property(error, 'rawPacket');
  if (!Buffer.isBuffer(packet)) return 'malformed';
  const begin = packet.subarray(0, 24).toString('latin1');
  if (begin.startsWith('\x16\x03') || /^[\x80-\x8f].\x01\x03/s.test(begin)) return 'tls';
  if (begin.startsWith('PRI * HTTP/2.0')) return 'http2';
  if (begin.startsWith('PROXY ') || begin.startsWith('\r\n\r\n\0\r\nQUIT\n')) return 'proxy-protocol';
  return 'malformed';
}
