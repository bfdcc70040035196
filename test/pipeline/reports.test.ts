import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { property } from '../../src/process/property.ts';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { inForm } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

/*
 * What people report in public of other receivers, queues and watchers, each tried as it was reported. Merge keys that
 * multiply (eemeli/yaml#694, yaml/pyyaml#897) stand in mapping/any-file, a log whose reader has gone (pinojs/pino#2351)
 * in unread-log, a worker that stood still longer than its lock (graphile/worker#204) in halted-service.
 */
describe('what others ran into', () => {
  plainNetwork();
  let service: Service;

  beforeEach(async () => {
    service = await Service.start();
  });

  afterEach(() => service.stop());

  const events = () => service.app.composition.inbox.list({});
  const drained = async () => {
    await service.app.drain();
    return (await events()).map(({ state }) => state);
  };

  for (const [what, headers] of Object.entries({
    'an encoding that is none (expressjs/body-parser#100)': { 'content-encoding': 'UTF-8' },
    'an encoding that the body has not': { 'content-encoding': 'gzip' },
    'a charset that nobody knows (expressjs/body-parser#287)': { 'content-type': 'application/json; charset=X-949' },
    'a parameter without a name (expressjs/body-parser#474)': { 'content-type': 'application/json; utf-8' },
    'a charset behind the type (adnanh/webhook#21)': { 'content-type': 'application/json;charset="utf-8"' },
  }))
    it(`the header of a body names ${what}: it is what its bytes are`, async () => {
      expect((await postWebhook(service.url, hire(1), { headers })).status).to.equal(200);
      expect(await drained()).to.deep.equal(['mapped']);
    });

  it('a proxy packs a body after it was signed, or before: the first is refused, the second kept and called unreadable', async () => {
    const packed = gzipSync(wireBytes(hire(1)));
    const headers = { 'content-encoding': 'gzip' };
    expect((await postWebhook(service.url, packed, { headers })).status).to.equal(200);
    expect(await drained()).to.deep.equal(['failed']);
    expect((await postWebhook(service.url, packed, { headers, secret: 'another' })).status).to.equal(401);
  });

  it('a signed body is sent again under another id of delivery (ShipfoxHQ/shipfox#709): it is the same event', async () => {
    const statuses = [];
    for (const delivery of ['a', 'b', 'c']) statuses.push((await postWebhook(service.url, hire(1), { delivery })).json);
    expect(statuses.map((answer) => property(answer, 'status'))).to.deep.equal(['accepted', 'duplicate', 'duplicate']);
  });

  for (const [what, more] of Object.entries({
    'as it is': '',
    'beside a number of twenty digits': '"x":12345678901234567890,',
    'in a body that is read apart': `"x":"${'x'.repeat(200_000)}",`,
  }))
    it(`a key stands twice in a signed body (adcontextprotocol/adcp#2522), ${what}: all of us read the same one`, async () => {
      const text = Buffer.from(wireBytes(hire(1))).toString();
      const twice = `{${more}"meta":{"event_id":"other","event_type":"VACANCY"},"event":{},${text.slice(1)}`;
      const [first, second] = [
        await postWebhook(service.url, Buffer.from(twice)),
        await postWebhook(service.url, hire(1)),
      ];
      expect([first.status, second.status]).to.deep.equal([200, 200]);
      expect(first.json).to.have.property('status', 'accepted');
      expect(second.json).to.have.property('status', 'duplicate');
      expect(await drained()).to.deep.equal(['mapped']);
    });

  it('a body that is announced and held back is refused at once, and eats no later request (lalinsky/dusty#163, oven-sh/bun#33293)', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    const closed = once(socket, 'close');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.write('POST /webhooks/nobody HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 36\r\n\r\n');
    await until('it is refused', () => answer.startsWith('HTTP/1.1 404'), 5000);
    expect(answer).to.match(/^connection: close\r$/im);
    await closed;
  });

  it('a client of HTTP/1.0 knows where the answer ends (reactphp/http#552)', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.write('GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    await until('it has the whole answer', () => answer.includes('"live"'), 5000);
    expect(answer).to.match(/^(?:content-length: \d+|connection: close)\r$/im);
    socket.destroy();
  });

  it('a folder whose files are links is swapped as a whole (jimmidyson/configmap-reload#190, fsnotify/fsnotify#17)', async () => {
    const folder = service.workspace.path('mappings');
    const version = (name: string, title: string) => {
      mkdirSync(`${folder}/${name}`);
      writeFileSync(`${folder}/${name}/hire.yaml`, hireToCsv.replace('to:', `title: ${title}\nto:`));
      symlinkSync(name, `${folder}/..data_tmp`);
      renameSync(`${folder}/..data_tmp`, `${folder}/..data`);
    };
    const { mappings } = service.app.composition;
    rmSync(`${folder}/hire-to-csv.yaml`);
    version('..2026_1', 'first');
    symlinkSync('..data/hire.yaml', `${folder}/hire.yaml`);
    await until('it is read', () => mappings.current[0]?.title === 'first', 10_000);
    version('..2026_2', 'second');
    rmSync(`${folder}/..2026_1`, { recursive: true });
    await until('it is read again', () => mappings.current[0]?.title === 'second', 10_000);
    expect(mappings.current).to.have.length(1);
    expect(mappings.refused).to.deep.equal([]);
  });

  it('a log that grew beside a reader shrinks without a restart once it has gone (openclaw/openclaw#112950)', async function () {
    if (inForm(1, 2) < 2) this.skip(); // some 100 MB
    this.timeout(120_000);
    const file = service.workspace.path('var', 'connector.db');
    const reader = new BetterSqlite(file, { readonly: true });
    reader.exec('begin; select count(*) from events');
    const body = (number: number) => ({ ...hire(number), pad: 'x'.repeat(4_000_000) });
    for (let number = 1; number <= 20; number += 1) await postWebhook(service.url, body(number));
    expect(statSync(`${file}-wal`).size).to.be.above(72 * 1024 ** 2);
    reader.close();
    let number = 20;
    await until(
      'the log is short',
      async () => {
        await postWebhook(service.url, hire((number += 1)));
        return statSync(`${file}-wal`).size <= 64 * 1024 ** 2;
      },
      20_000,
    );
  });
});
