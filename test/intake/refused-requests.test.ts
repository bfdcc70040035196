import { once } from 'node:events';
import { connect } from 'node:net';
import tls from 'node:tls';
import { expect } from 'chai';
import Router from '@koa/router';
import { HttpListener } from '../../src/http-listener.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { until } from '../support/until.ts';

describe('requests that reach no route', () => {
  plainNetwork();
  const refused: string[] = [];
  let listener: HttpListener;
  let port: number;

  async function listen(limits: { readonly connections?: number; readonly headersTimeout?: number } = {}) {
    const router = new Router();
    router.get('/', (context) => void (context.body = 'here'));
    listener = new HttpListener({
      listener: { host: '127.0.0.1', port: 0 },
      routers: [router],
      failed: (error) => refused.push(String(error)),
      refused: (reason, from) => refused.push(`${reason} ${from}`),
      ...limits,
    });
    port = Number(new URL(await listener.start()).port);
  }

  afterEach(async () => {
    refused.length = 0;
    await listener.stop(AbortSignal.abort());
  });

  async function send(bytes: string | Uint8Array): Promise<string> {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('error', () => undefined);
    await once(socket, 'close');
    return answer;
  }

  for (const [what, bytes, status, reason] of [
    [
      'headers that are too long',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['no HTTP at all', 'what is this\r\n\r\n', 400, 'malformed'],
    [
      'two lengths that differ',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'malformed',
    ],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'http2'],
    [
      'the PROXY protocol',
      'PROXY TCP4 203.0.113.1 127.0.0.1 1 2\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
      400,
      'proxy-protocol',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, 'no-host'],
    ['an expectation of its own', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n', 417, 'expectation'],
  ] as const) {
    it(`are counted with their address: ${what}`, async () => {
      await listen();
      expect(await send(bytes)).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(refused).to.deep.equal([`${reason} 127.0.0.1`]);
    });
  }

  it('are counted with their address: TLS on a plain port', async () => {
    await listen();
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'error');
    expect(refused).to.deep.equal(['tls 127.0.0.1']);
  });

  it('are counted when they come too slowly', async () => {
    await listen({ headersTimeout: 50 });
    expect(await send('GET / HTTP/1.1\r\nHo')).to.match(/^HTTP\/1\.1 408 /);
    expect(refused).to.deep.equal(['too-slow 127.0.0.1']);
  });

  it('make room for whoever comes, when there are more connections than there may be', async () => {
    await listen({ connections: 20 });
    const idle = Array.from({ length: 20 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    expect(await send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).to.match(/^HTTP\/1\.1 200 .*here$/s);
    await until('the oldest has gone', () => refused.length === 1);
    expect(refused).to.deep.equal(['too-many-connections 127.0.0.1']);
    for (const socket of idle) socket.destroy();
  });

  it('and requests that do are answered on every kind of host', async () => {
    for (const [host, url] of [
      ['::1', /^http:\/\/\[::1\]:\d+$/],
      ['::', /^http:\/\/\[::1\]:\d+$/],
      ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
      ['localhost', /^http:\/\/localhost:\d+$/],
    ] as const) {
      const other = new HttpListener({ listener: { host, port: 0 }, routers: [], failed: () => 0, refused: () => 0 });
      const told = await other.start();
      expect(told).to.match(url);
      expect((await fetch(told)).status, host).to.equal(404);
      await other.stop(AbortSignal.abort());
    }
    await listen();
  });
});
