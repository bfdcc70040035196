import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import Rest from '../../../adapters/rest.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { bodiesWhereNoneBelong, FIN, framingFaults, TURN } from '../../../adapters/testing/framing-faults.ts';
import { RawServer } from '../../../stand-ins/raw-server.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { FramingFault } from '../../../adapters/testing/framing-faults.ts';

const folder = new URL('../../fixtures/tls/', import.meta.url);
const certificate = {
  key: readFileSync(new URL('self-signed.key', folder)),
  cert: readFileSync(new URL('self-signed.crt', folder)),
};

const ca = fileURLToPath(new URL('self-signed.crt', folder));

/** Only the timeout ends these; all others end by themselves, and have time to on a busy machine. */
const silent = ({ name }: FramingFault): boolean => name.endsWith('silence');

/** How one POST ended: what the road makes of it, and how many requests the server saw. */
async function post(
  fault: FramingFault,
  status: number,
  over: 'http' | 'https',
): Promise<{ outcome: string; text: string; requests: number }> {
  const secure = over === 'https';
  const server = await RawServer.start(() => fault.steps(status), secure ? certificate : undefined);
  const tools = toolsIn(undefined, { timeout: silent(fault) ? 1_000 : 5_000 });
  const adapter = new Rest({ baseUrl: server.url, auth: {}, body: 'json', ...(secure && { tls: { ca } }) }, tools);
  try {
    const receipt = await adapter.deliver({ path: '/hires', body: { id: 1 } }, deliveryOf(1));
    const warning = receipt.warnings?.[0];
    const text = typeof warning === 'string' ? warning : (warning?.en ?? '');
    return { outcome: 'delivered', text, requests: server.requests };
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return { outcome: adapterErrorKind(error) ?? 'unforeseen', text, requests: server.requests };
  } finally {
    await adapter.close();
    tools.dispose();
    await server.stop();
  }
}

const meanings = [
  [201, 'delivered'],
  [422, 'rejected'],
  [503, 'unavailable'],
] as const;

const head = (status: number, rest: string): string => `HTTP/1.1 ${status} Said\r\n${rest}`;
const chunked = 'Transfer-Encoding: chunked\r\n\r\n';
const zipped = (status: number, encoding: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(head(status, `Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`)),
    body,
  ]);
/** 300 MB in 300 KB, and the same in a kilobyte: more than is read of any answer. */
const brotli = brotliCompressSync(Buffer.alloc(100 * 1024 ** 2), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const bomb = gzipSync(Buffer.alloc(300 * 1024 ** 2), { level: 1 });

/** What no server means ill by, or some do; the status is there in all of them. */
const unusual: readonly FramingFault[] = [
  {
    name: 'HTTP/1.0 with a length',
    knows: 'fine',
    steps: (s) => [`HTTP/1.0 ${s} OK\r\nContent-Length: 2\r\n\r\n{}`, FIN],
  },
  { name: 'HTTP/1.0 without a length', knows: 'fine', steps: (s) => [`HTTP/1.0 ${s} OK\r\n\r\n{}`, TURN, FIN] },
  {
    name: 'HTTP/1.0 that is chunked all the same',
    knows: 'fine',
    steps: (s) => [`HTTP/1.0 ${s} OK\r\n${chunked}2\r\n{}\r\n0\r\n\r\n`, TURN, FIN],
  },
  { name: 'no reason after the status', knows: 'fine', steps: (s) => [`HTTP/1.1 ${s}\r\nContent-Length: 2\r\n\r\n{}`] },
  {
    name: 'trailers',
    knows: 'fine',
    steps: (s) => [head(s, `Trailer: X-Sum\r\n${chunked}2\r\n{}\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n`)],
  },
  {
    name: 'trailers of 1 MB',
    knows: 'status',
    steps: (s) => [head(s, `${chunked}2\r\n{}\r\n0\r\nX-Sum: ${'x'.repeat(1_000_000)}\r\n\r\n`)],
  },
  { name: 'a header of 1 MB', knows: 'status', steps: (s) => [head(s, `X: ${'x'.repeat(1_000_000)}\r\n\r\n`), FIN] },
  {
    name: '20,000 headers',
    knows: 'status',
    steps: (s) => [head(s, `${'X-More: 1\r\n'.repeat(20_000)}Content-Length: 2\r\n\r\n{}`)],
  },
  {
    name: 'a chunk extension of 1 MB',
    knows: 'status',
    steps: (s) => [head(s, `${chunked}2;x=${'x'.repeat(1_000_000)}\r\n{}\r\n0\r\n\r\n`)],
  },
  {
    name: '100 early hints',
    knows: 'fine',
    steps: (s) => [
      ...Array.from({ length: 100 }, () => 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n'),
      head(s, 'Content-Length: 2\r\n\r\n{}'),
    ],
  },
  { name: 'a gzip bomb', knows: 'status', steps: (s) => [zipped(s, 'gzip', bomb)] },
  {
    name: 'a bomb in three layers',
    knows: 'status',
    steps: (s) => [zipped(s, 'gzip, gzip, gzip', gzipSync(gzipSync(bomb)))],
  },
  {
    name: 'a brotli bomb',
    knows: 'status',
    steps: (s) => [zipped(s, 'br', brotli)],
  },
  { name: 'an encoding that nobody knows', knows: 'status', steps: (s) => [zipped(s, 'zstd', Buffer.from('{}'))] },
  { name: 'a thousand encodings', knows: 'fine', steps: (s) => [zipped(s, 'gzip, '.repeat(1000), Buffer.from('{}'))] },
];

for (const over of ['http', 'https'] as const)
  describe(`An answer with a flaw in its framing, over ${over}`, () => {
    plainNetwork();

    for (const fault of [...framingFaults, ...unusual]) {
      if (fault.knows === 'none') {
        it(`is no answer: ${fault.name}`, async () => {
          const { outcome, text, requests } = await post(fault, 201, over);
          expect(outcome, text).to.equal('uncertain');
          expect(text).to.match(/HPE_|ECONNRESET|status 101/);
          expect(requests).to.equal(1);
        });
        continue;
      }
      it(`means what its status says: ${fault.name}`, async () => {
        for (const [status, meaning] of over === 'http' ? meanings : meanings.slice(0, 1)) {
          const { outcome, text, requests } = await post(fault, status, over);
          expect(outcome, `${status} ${text}`).to.equal(meaning);
          if (status === 201 && fault.knows === 'status') expect(text).to.match(/could not be read|malformed/);
          expect(requests).to.equal(1);
        }
      });
    }

    for (const status of [204, 304]) {
      for (const fault of bodiesWhereNoneBelong) {
        it(`means what its status says: ${status} with ${fault.name}`, async () => {
          const { outcome, text } = await post(fault, status, over);
          expect(outcome, text).to.equal(status === 204 ? 'delivered' : 'rejected');
        });
      }
    }
  });
