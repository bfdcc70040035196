import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { headersOf, hire, postWebhook, secret } from '../support/webhook.ts';

const megabyte = 1024 ** 2;

describe('strangers at the door', () => {
  plainNetwork();
  let service: Service;
  const sockets: Socket[] = [];

  before(async () => {
    service = await Service.start({
      mappings: {},
      config: { sources: { huntflow: { secrets: [secret] }, unset: { secrets: [''] } } },
    });
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  after(() => service.stop());

  async function open(text: string): Promise<{ readonly socket: Socket; answer: string }> {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    sockets.push(socket);
    const sender = { socket, answer: '' };
    socket.on('error', () => undefined).on('data', (chunk) => (sender.answer += chunk.toString('latin1')));
    await once(socket, 'connect');
    socket.write(text);
    return sender;
  }

  const head = (lines: readonly string[]) =>
    ['POST /webhooks/huntflow HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

  it('hold no more memory than the cap, and the oldest of them makes room for the next', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const part = Buffer.alloc(9 * megabyte, 'x');
    const senders: { readonly socket: Socket; readonly answer: string }[] = [];
    for (let index = 0; index < 12; index += 1) {
      const sender = await open(head([`Content-Length: ${10 * megabyte}`]));
      senders.push(sender);
      await new Promise<void>((resolve) => sender.socket.write(part, () => resolve()));
    }
    await until('the first ones are dropped', () => senders[0]?.answer !== '' && senders[3]?.answer !== '');
    expect(senders[0]?.answer).to.match(/^HTTP\/1\.1 408 /);
    expect(senders.at(-1)?.answer, 'the newest is still being read').to.equal('');
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(120 * megabyte);
    expect((await postWebhook(service.url, hire(1))).status).to.equal(200);
    // On a busy machine some of the others are dropped as too slow, after them.
    const line = service.log.find((each) => each.includes('dropped before') && each.includes('no room')) ?? '';
    expect(JSON.parse(line)).to.include({ source: 'huntflow', why: 'no room', from: '127.0.0.1' });
  });

  it('never take the place of a webhook of ordinary size, large or small as theirs may be', async () => {
    const small = Buffer.alloc(250 * 1024, 'x');
    for (let index = 0; index < 150; index += 1) (await open(head(['Content-Length: 262144']))).socket.write(small);
    const bytes = wireBytes(hire(2));
    const headers = Object.entries(headersOf(bytes)).map(([name, value]) => `${name}: ${value}`);
    const webhook = await open(head([...headers, `Content-Length: ${bytes.length}`]));
    webhook.socket.write(bytes.subarray(0, 100));
    for (let index = 0; index < 20; index += 1) (await open(head(['Content-Length: 262144']))).socket.write(small);
    webhook.socket.write(bytes.subarray(100));
    await until('it is answered', () => webhook.answer !== '');
    expect(webhook.answer).to.match(/^HTTP\/1\.1 200 /);
  });

  it('gain nothing by sending one byte at a time', async () => {
    const before = process.memoryUsage();
    const sender = await open(head(['Transfer-Encoding: chunked']));
    const dripped = Buffer.from('1\r\nx\r\n'.repeat(500_000));
    await new Promise<void>((resolve) => sender.socket.write(dripped, () => resolve()));
    const now = process.memoryUsage();
    expect(now.rss - before.rss, `${now.rss - before.rss}`).to.be.below(150 * megabyte);
    expect((await postWebhook(service.url, hire(3))).status).to.equal(200);
  });

  it('who send many requests at once are answered one after the other', async () => {
    const bytes = wireBytes(hire(4));
    const headers = Object.entries(headersOf(bytes)).map(([name, value]) => `${name}: ${value}`);
    const one = Buffer.concat([Buffer.from(head([...headers, `Content-Length: ${bytes.length}`])), bytes]);
    const sender = await open('');
    sender.socket.write(Buffer.concat(Array.from({ length: 30 }, () => one)));
    await until('all are answered', () => sender.answer.split('HTTP/1.1 200').length === 31);
    expect(sender.answer.match(/"status":"accepted"/g)).to.have.length(1);
    expect(sender.answer.match(/"status":"duplicate"/g)).to.have.length(29);
  });

  it('who send hundreds of requests at once lose their connection', async () => {
    const sender = await open('');
    sender.socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1500));
    await once(sender.socket, 'close');
    expect((await postWebhook(service.url, hire(5))).status).to.equal(200);
  });

  it('are told once a minute, with how many they were and where from', async () => {
    for (let index = 0; index < 300; index += 1) await postWebhook(service.url, hire(6), { secret: null });
    const lines = service.log.filter((line) => line.includes('webhook refused'));
    expect(lines).to.have.length(1);
    service.app.composition.report.stopped();
    const last: unknown = JSON.parse(service.log.findLast((line) => line.includes('webhook refused')) ?? '');
    expect(last).to.include({ count: 299, from: '127.0.0.1', source: 'huntflow' });
  });

  it('who ask for 100-continue get it, unless they will be refused', async () => {
    const bytes = wireBytes(hire(7));
    const headers = Object.entries(headersOf(bytes)).map(([name, value]) => `${name}: ${value}`);
    const sender = await open(head([...headers, 'Expect: 100-continue', `Content-Length: ${bytes.length}`]));
    await until('it may go on', () => sender.answer.startsWith('HTTP/1.1 100 Continue'));
    sender.socket.write(bytes);
    await until('it is answered', () => sender.answer.includes('HTTP/1.1 200 '));
    const large = await open(head(['Expect: 100-continue', `Content-Length: ${200 * megabyte}`]));
    await until('it is answered', () => large.answer !== '');
    expect(large.answer).to.match(/^HTTP\/1\.1 413 /);
  });

  for (const [name, value] of [
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Forwarded-Proto', 'https'],
    ['Forwarded', 'for=203.0.113.9'],
    ['X-Real-IP', '203.0.113.9'],
    ['Via', '1.1 proxy'],
    ['CF-Connecting-IP', '203.0.113.9'],
    ['X-Original-URL', '/x'],
  ] as const) {
    it(`who come through a proxy (${name}) reach no source without a secret`, async () => {
      const through = { source: 'unset', secret: null, headers: { [name]: value } };
      expect((await postWebhook(service.url, hire(8), through)).status).to.equal(401);
      expect((await postWebhook(service.url, hire(8), { ...through, event: 'PING' })).status).to.equal(401);
      expect((await postWebhook(service.url, hire(8), { ...through, headers: {} })).status).to.equal(200);
      expect((await postWebhook(service.url, hire(8), { headers: { [name]: value } })).status, 'signed').to.equal(200);
    });
  }

  it('behind a proxy are named by the log and by ready', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
    await postWebhook(service.url, hire(9), { source: 'unset', secret: null, headers });
    const line = service.log.find((each) => each.includes('came through a proxy')) ?? '';
    expect(JSON.parse(line)).to.include({ source: 'unset', level: 'error', from: '127.0.0.1' });
    const ready: unknown = await (await fetch(`${service.url}/health/ready`)).json();
    expect(ready).to.have.property('status', 'ready');
    expect(ready).to.have.nested.property('sourcesRefusedBehindProxy[0].source', 'unset');
  });
});
