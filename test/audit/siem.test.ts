import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect } from 'chai';
import { Audit } from '../../src/audit/audit.ts';
import { placeOf } from '../../src/audit/cursor.ts';
import { syslogMessage } from '../../src/audit/siem/cef.ts';
import { siemCursor, SiemSender } from '../../src/audit/siem/siem-sender.ts';
import { openStores, type Stores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const key = 'ab'.repeat(32);
const certificate = new URL('../fixtures/tls/self-signed.crt', import.meta.url);
const privateKey = new URL('../fixtures/tls/self-signed.key', import.meta.url);

/** A collector that keeps what came over connections that it read to their ends. */
class Collector {
  readonly messages: string[] = [];
  connections = 0;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  async listen(
    port = 0,
    { tls = false, die }: { readonly tls?: boolean; readonly die?: number } = {},
  ): Promise<number> {
    const hear = (socket: Socket) => {
      this.connections += 1;
      let text = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        text = Buffer.concat([text, bytes]);
        if (die !== undefined && text.length >= die) void this.close();
      });
      socket.on('end', () => this.messages.push(...framed(text)));
    };
    this.#server = tls
      ? createTlsServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, hear)
      : createServer(hear);
    // Under TLS too this is the plain one, which alone can be reset.
    this.#server.on('connection', (socket: Socket) => void this.#sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => this.#server?.listen(port, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#sockets.clear();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  }
}

/** Octet counting: RFC 6587, 3.4.1. */
function framed(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(' ', at);
    const end = blank + 1 + Number(bytes.subarray(at, blank).toString());
    found.push(bytes.subarray(blank + 1, end).toString());
    at = end;
  }
  return found;
}

const numbersOf = (messages: readonly string[]) =>
  messages.map((message) => Number(/externalId=(\d+) /.exec(message)?.[1]));

describe('the audit at a SIEM', () => {
  let stores: Stores;
  let audit: Audit;
  let collector: Collector;
  let sender: SiemSender | undefined;
  let failures: number;

  beforeEach(async () => {
    stores = await openStores();
    audit = new Audit(stores.database, { current: () => key, known: () => [key] }, () => 1_700_000_000_000);
    collector = new Collector();
    failures = 0;
  });

  afterEach(async () => {
    await sender?.stop();
    await collector.close();
    await stores.close();
  });

  const add = async (count: number, who = 'anna') => {
    for (let index = 0; index < count; index += 1)
      await audit.add(audit.actor(who, 'cli'), { action: 'reveal', on: [`event/${index}`] });
  };

  function start(port: number, tls = false, ca: string | undefined = tls ? certificate.pathname : undefined): void {
    sender = new SiemSender({
      database: stores.database,
      audit,
      end: { host: tls ? 'localhost' : '127.0.0.1', port, tls, ca },
      version: '1.2.3',
      now: Date.now,
      away: () => (failures += 1),
      back: () => undefined,
    });
    sender.start();
  }

  it('comes whole and in order, also when the collector dies in the middle and returns', async () => {
    await add(300);
    const port = await collector.listen(0, { die: 20_000 });
    start(port);
    await until('the collector died', () => failures > 0);
    expect(await placeOf(stores.database, siemCursor), 'nothing counts as sent').to.equal(0);
    await add(5);
    await collector.listen(port);
    await until('everything came', () => numbersOf(collector.messages).includes(305));
    expect(numbersOf(collector.messages)).to.deep.equal(Array.from({ length: 305 }, (_, index) => index + 1));
    await until('the cursor moved', async () => (await placeOf(stores.database, siemCursor)) === 305);
  });

  it('waits while nobody listens, and goes on from where it was after a restart', async () => {
    await add(2);
    const port = await collector.listen();
    start(port);
    await until('two came', () => collector.messages.length === 2);
    await until('the cursor moved', async () => (await placeOf(stores.database, siemCursor)) === 2);
    await collector.close();
    await add(3);
    await until('it noticed', () => failures > 0);
    await sender?.stop();
    await collector.listen(port);
    start(port);
    await until('the others came', () => collector.messages.length === 5);
    expect(numbersOf(collector.messages)).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('goes over TLS to whom its authorities vouch for', async () => {
    await add(1);
    start(await collector.listen(0, { tls: true }), true);
    await until('it came', () => collector.messages.length === 1);
  });

  it('comes whole over TLS from a collector that dies in the middle, is away, and returns', async () => {
    await add(300);
    const port = await collector.listen(0, { tls: true, die: 20_000 });
    start(port, true);
    await until('the collector died', () => failures > 0);
    expect(await placeOf(stores.database, siemCursor), 'nothing counts as sent').to.equal(0);
    const first = failures;
    await until('it is missed', () => failures > first);
    await add(5);
    await collector.listen(port, { tls: true });
    await until('everything came', () => numbersOf(collector.messages).includes(305), 20_000);
    expect(numbersOf(collector.messages)).to.deep.equal(Array.from({ length: 305 }, (_, index) => index + 1));
    await until('the cursor moved', async () => (await placeOf(stores.database, siemCursor)) === 305);
  });

  it('goes to nobody whom no authority vouches for, and waits', async () => {
    await add(1);
    const port = await collector.listen(0, { tls: true });
    start(port, true, new URL('../fixtures/tls/stranger.crt', import.meta.url).pathname);
    await until('it is refused', () => failures > 0);
    expect([collector.messages, await placeOf(stores.database, siemCursor)]).to.deep.equal([[], 0]);
  });

  it('is CEF in RFC 5424, with nothing in it that could end a field', async () => {
    const message = syslogMessage(
      {
        seq: 7,
        at: 1_700_000_000_000,
        who: 'a=b\\c\nd|e',
        from: 'api',
        action: 'user|added',
        on: Array.from({ length: 900 }, (_, index) => `delivery/${index}`),
        hash: 'f'.repeat(64),
        key: 'k',
      },
      { hostname: 'имя host', version: '1.2.3', pid: 42 },
    ).toString();
    const [, length = '', rest = ''] = /^(\d+) (.*)$/s.exec(message) ?? [];
    expect(Number(length)).to.equal(Buffer.byteLength(rest));
    expect(rest).to.match(/^<110>1 2023-11-14T22:13:20\.000Z [!-~]+ huntflow-connector 42 audit - CEF:0\|/);
    expect(rest).to.include('|user\\|added|audit user\\|added|3|rt=1700000000000 externalId=7 suser=a\\=b\\\\c\\nd|e ');
    expect(rest).to.include('cnt=900');
    const ids = /cs1=(.*) cs2Label/.exec(rest)?.[1] ?? '';
    expect(ids.length).to.be.within(3900, 4000);
    expect(ids).to.match(/delivery\/\d+$/);
  });
});
