import { gzipSync } from 'node:zlib';

/** What a server does in turn; texts and bytes are one packet each. */
export type Step = string | Buffer | Act;

type Act =
  | { readonly act: 'end' | 'reset' | 'wait' }
  /** A blank each 20 ms, for as long as somebody listens. */
  | { readonly act: 'drip' }
  | { readonly act: 'flood'; readonly megabytes: number };

export const FIN: Act = { act: 'end' };
export const RST: Act = { act: 'reset' };
/** Long enough for what was written to be a packet of its own. */
export const TURN: Act = { act: 'wait' };

export interface FramingFault {
  readonly name: string;
  /** `status`: its line comes whole, so it decides; `none`: nobody can know; `fine`: no fault at all. */
  readonly knows: 'status' | 'none' | 'fine';
  readonly steps: (status: number) => readonly Step[];
}

const line = (status: number): string => `HTTP/1.1 ${status} Said\r\n`;
const chunked = 'Transfer-Encoding: chunked\r\n';
const large = `X-Large: ${'x'.repeat(80_000)}\r\n`;

function fault(name: string, knows: FramingFault['knows'], steps: FramingFault['steps']): FramingFault {
  return { name, knows, steps };
}

/** Answers that servers and proxies in front of them do send, row by row as measured in facts/targets.md 9. */
export const framingFaults: readonly FramingFault[] = [
  fault('a body longer than its length, one packet', 'fine', (s) => [
    `${line(s)}Content-Length: 2\r\n\r\n{}{"more":1}`,
  ]),
  fault('the same, and the connection is closed', 'fine', (s) => [
    `${line(s)}Content-Length: 2\r\nConnection: close\r\n\r\n{}{"more":1}`,
    FIN,
  ]),
  fault('a body longer than its length, in a later packet', 'fine', (s) => [
    `${line(s)}Content-Length: 2\r\n\r\n{}`,
    TURN,
    '{"more":1}',
  ]),
  fault('a body shorter than its length, FIN', 'status', (s) => [
    `${line(s)}Content-Length: 90\r\n\r\n{"a":`,
    TURN,
    FIN,
  ]),
  fault('a body shorter than its length, RST', 'status', (s) => [
    `${line(s)}Content-Length: 90\r\n\r\n{"a":`,
    TURN,
    RST,
  ]),
  fault('a body shorter than its length, silence', 'status', (s) => [`${line(s)}Content-Length: 90\r\n\r\n{"a":`]),
  fault('the last chunk is missing, FIN', 'status', (s) => [`${line(s)}${chunked}\r\n2\r\n{}\r\n`, TURN, FIN]),
  fault('no length, a body, RST', 'status', (s) => [`${line(s)}\r\n{"a":1}`, TURN, RST]),
  fault('two lengths that differ', 'status', (s) => [`${line(s)}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`]),
  fault('two lengths that agree', 'status', (s) => [`${line(s)}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('two lengths, the head in two packets', 'status', (s) => [
    `${line(s)}X-First: 1\r\n`,
    TURN,
    'Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}',
  ]),
  fault('a length with a comma', 'status', (s) => [`${line(s)}Content-Length: 5, 5\r\n\r\nhello`]),
  fault('a negative length', 'status', (s) => [`${line(s)}Content-Length: -5\r\n\r\nhello`]),
  fault('a length, then chunked', 'status', (s) => [
    `${line(s)}Content-Length: 2\r\n${chunked}\r\n2\r\n{}\r\n0\r\n\r\n`,
  ]),
  fault('chunked, then a length', 'status', (s) => [
    `${line(s)}${chunked}Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  ]),
  fault('a chunk size that is none', 'status', (s) => [`${line(s)}${chunked}\r\nzz\r\n{}\r\n0\r\n\r\n`]),
  fault('a gzip header over plain bytes', 'status', (s) => [
    `${line(s)}Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{"a":1}`,
  ]),
  fault('gzip with junk in it', 'status', (s) => [
    zipped(s, Buffer.concat([gzipped.subarray(0, 12), Buffer.alloc(9, 7)])),
  ]),
  fault('gzip without its last bytes', 'status', (s) => [zipped(s, gzipped.subarray(0, -6))]),
  fault('a gzip header and no body', 'fine', (s) => [`${line(s)}Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n`]),
  fault('headers of 80 KB', 'status', (s) => [`${line(s)}${large}Content-Length: 2\r\n\r\n{}`]),
  fault('headers of 40 KB', 'fine', (s) => [`${line(s)}X-Large: ${'x'.repeat(40_000)}\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('a blank after a header name', 'status', (s) => [`${line(s)}X-Bad : 1\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('a blank in a header name', 'status', (s) => [`${line(s)}X Bad: 1\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('a folded line', 'status', (s) => [`${line(s)}X-Bad: 1\r\n  more\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('a control byte in a header', 'status', (s) => [`${line(s)}X-Bad: a\u0001b\r\nContent-Length: 2\r\n\r\n{}`]),
  fault('lines that end in LF alone', 'status', (s) => [`HTTP/1.1 ${s} Said\nContent-Length: 2\n\n{}`]),
  fault('no HTTP at all', 'none', () => ['220 mail.example ESMTP ready\r\n']),
  fault('a status line that is cut off', 'none', () => ['HTTP/1.1 2', TURN, FIN]),
  fault('FIN at once', 'none', () => [FIN]),
  fault('RST at once', 'none', () => [RST]),
  fault('headers that are cut off', 'status', (s) => [`${line(s)}Content-Le`, TURN, FIN]),
  fault('an interim 100 nobody asked for', 'fine', (s) => [
    `HTTP/1.1 100 Continue\r\n\r\n${line(s)}Content-Length: 2\r\n\r\n{}`,
  ]),
  fault('interim 102 and 103', 'fine', (s) => [
    'HTTP/1.1 102 Processing\r\n\r\n',
    TURN,
    `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${line(s)}Content-Length: 2\r\n\r\n{}`,
  ]),
  fault('an interim 100, then two lengths', 'status', (s) => [
    'HTTP/1.1 100 Continue\r\n\r\n',
    TURN,
    `${line(s)}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  ]),
  fault('101 with Upgrade', 'none', () => [
    'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ]),
  fault('101 without Upgrade', 'none', () => ['HTTP/1.1 101 Switching\r\n\r\n', FIN]),
  fault('a reason of bytes that are no UTF-8', 'fine', (s) => [
    Buffer.concat([
      Buffer.from(`HTTP/1.1 ${s} `),
      Buffer.from([0xcf, 0xf0]),
      Buffer.from('\r\nContent-Length: 2\r\n\r\n{}'),
    ]),
  ]),
];

/** 204 and 304 with a body, as Symfony and Spring send them. */
export const bodiesWhereNoneBelong: readonly FramingFault[] = [
  fault('a length and a body', 'fine', (s) => [`${line(s)}Content-Length: 2\r\n\r\n{}`]),
  fault('a chunked body', 'fine', (s) => [`${line(s)}${chunked}\r\n2\r\n{}\r\n0\r\n\r\n`]),
  fault('a length and a body, closed', 'fine', (s) => [
    `${line(s)}Content-Length: 2\r\nConnection: close\r\n\r\n{}`,
    FIN,
  ]),
  fault('a body in a later packet', 'fine', (s) => [`${line(s)}Content-Length: 2\r\n\r\n`, TURN, '{}']),
  fault('a gzip header', 'fine', (s) => [`${line(s)}Content-Encoding: gzip\r\n\r\n`]),
];

const gzipped = gzipSync(JSON.stringify({ a: 'x'.repeat(200) }));

function zipped(status: number, body: Buffer): Buffer {
  const head = `${line(status)}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
