import { createHmac } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Rest } from '../../adapters/rest.ts';
import { adapterErrorKind } from '../../src/adapter.ts';
import { validate } from '../../src/files/validation.ts';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { failureOf } from '../conformance/adapter.ts';
import { ConnectProxy } from '../support/connect-proxy.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import { plainNetwork } from '../support/plain-network.ts';

const folder = new URL('../fixtures/tls/', import.meta.url);
const key = new URL('self-signed.key', folder).pathname;
const cert = new URL('self-signed.crt', folder).pathname;
const record = { path: '/hires', body: { name: 'Крыжовников', tags: ['a', 'b'], none: null } };

function restOf(settings: object, overrides: Parameters<typeof toolsIn>[1] = {}): Rest {
  const { value, problems } = validate(Rest.settings, settings);
  expect(problems).to.deep.equal([]);
  return Reflect.construct(Rest, [value, toolsIn(undefined, overrides)]);
}

function portOf(server: net.Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const listening = (server: net.Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

describe('Rest in depth', () => {
  plainNetwork();
  let target: HttpStandIn;
  const servers: net.Server[] = [];

  beforeEach(async () => {
    target = await HttpStandIn.start();
  });

  afterEach(async () => {
    await target.stop();
    for (const server of servers.splice(0)) server.close();
  });

  describe('bodies', () => {
    const sent = async (
      settings: object,
      body: unknown = record.body,
    ): Promise<{ type: string | undefined; body: string }> => {
      const rest = restOf({ baseUrl: target.url, ...settings });
      await rest.deliver({ path: '/x', body }, deliveryOf(1));
      await rest.close();
      const arrival = target.arrivals.at(-1);
      return { type: arrival?.headers['content-type'], body: arrival?.body ?? '' };
    };

    it('go as a form', async () => {
      expect(await sent({ body: 'form' })).to.deep.equal({
        type: 'application/x-www-form-urlencoded',
        body: `name=${encodeURIComponent('Крыжовников')}&tags=a&tags=b`,
      });
    });

    it('go as multipart with a file, in one piece of known length', async () => {
      const file = join(mkdtempSync(join(tmpdir(), 'part-')), 'cv');
      writeFileSync(file, 'PDF');
      const rest = restOf(
        { baseUrl: target.url, body: 'multipart' },
        { attachment: async () => ({ path: file, size: 3, type: 'application/pdf' }) },
      );
      await rest.deliver(
        { path: '/x', body: { name: 'Крыжовников', cv: { file: 7, name: 'ре"зю\r\nме.pdf' } } },
        deliveryOf(1),
      );
      await rest.close();
      const arrival = target.arrivals[0];
      expect(arrival?.headers).to.have.property('content-length');
      expect(arrival?.body)
        .to.include('name="name"\r\n\r\nКрыжовников\r\n')
        .and.include('filename="ре%22зю%0D%0Aме.pdf"')
        .and.include('\r\n\r\nPDF\r\n');
    });

    it('go as XML', async () => {
      const xml = await sent({ body: 'xml' }, { hire: { '@id': 7, name: 'A & <B>\u0001', none: null } });
      expect(xml.body).to.equal(
        '<?xml version="1.0" encoding="UTF-8"?><hire id="7"><name>A &amp; &lt;B&gt;</name></hire>',
      );
    });

    it('that have no such form are rejected before anything leaves', async () => {
      for (const [body, form] of [
        [{ a: { b: 1 } }, 'form'],
        ['text', 'multipart'],
        [{ a: 1, b: 2 }, 'xml'],
        [{ 'a b': 1 }, 'xml'],
      ] as const) {
        const error = await failureOf(
          restOf({ baseUrl: target.url, body: form }).deliver({ path: '/x', body }, deliveryOf(1)),
        );
        expect(adapterErrorKind(error)).to.equal('rejected');
      }
      expect(target.arrivals).to.have.length(0);
    });
  });

  it('signs the bytes that go out, by Standard Webhooks or by a template', async () => {
    const secret = Buffer.from('geheim').toString('base64');
    const now = () => 1_800_000_000_000;
    await restOf({ baseUrl: target.url, sign: { secrets: [`whsec_${secret}`] } }, { now }).deliver(
      record,
      deliveryOf(1),
    );
    const { headers, body } = target.arrivals[0] ?? { headers: {}, body: '' };
    const mac = createHmac('sha256', 'geheim').update(`key-1.1800000000.${body}`).digest('base64');
    expect(headers).to.include({
      'webhook-id': 'key-1',
      'webhook-timestamp': '1800000000',
      'webhook-signature': `v1,${mac}`,
    });
    await restOf({
      baseUrl: target.url,
      sign: { secrets: ['k'], header: 'X-Hub-Signature-256', prefix: 'sha256=', content: '{method} {path} {body}' },
    }).deliver(record, deliveryOf(1));
    const second = target.arrivals[1];
    expect(second?.headers['x-hub-signature-256']).to.equal(
      `sha256=${createHmac('sha256', 'k').update(`POST /hires ${second?.body}`).digest('hex')}`,
    );
  });

  describe('OAuth2', () => {
    let tokens: HttpStandIn;
    let given = 0;

    beforeEach(async () => {
      given = 0;
      tokens = await HttpStandIn.start((_arrival, response) => {
        given += 1;
        response.end(JSON.stringify({ access_token: `t${given}`, expires_in: 3600 }));
      });
    });

    afterEach(() => tokens.stop());

    const oauth = (): object => ({
      oauth: { tokenUrl: `${tokens.url}/token`, clientId: 'и:д', clientSecret: 's/s', scope: 'hr' },
    });

    it('asks once for all, and again when the target refuses the token', async () => {
      const rest = restOf({ baseUrl: target.url, auth: oauth() });
      await Promise.all([1, 2, 3, 4].map((id) => rest.deliver(record, deliveryOf(id))));
      expect(given).to.equal(1);
      expect(tokens.arrivals[0]?.body).to.equal('grant_type=client_credentials&scope=hr');
      expect(tokens.arrivals[0]?.headers.authorization).to.equal(
        `Basic ${Buffer.from(`${encodeURIComponent('и:д')}:s%2Fs`).toString('base64')}`,
      );
      target.answer = (arrival, response) =>
        response.writeHead(arrival.headers.authorization === 'Bearer t2' ? 201 : 401).end();
      expect(await rest.deliver(record, deliveryOf(5))).to.include({ summary: '201 Created' });
      expect(given).to.equal(2);
      target.answer = (_arrival, response) => response.writeHead(401).end();
      expect(adapterErrorKind(await failureOf(rest.deliver(record, deliveryOf(6))))).to.equal('unavailable');
      expect(given).to.equal(3);
      await rest.close();
    });

    it('is unavailable, and sends nothing, when there is no token', async () => {
      tokens.answer = (_arrival, response) =>
        response.writeHead(401).end('{"error":"invalid_client","error_description":"Иванова"}');
      const error = await failureOf(restOf({ baseUrl: target.url, auth: oauth() }).deliver(record, deliveryOf(1)));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('invalid_client').and.not.include('Иванова');
      expect(target.arrivals).to.have.length(0);
    });
  });

  describe('TLS', () => {
    it('trusts an authority of its own and shows a certificate; files are read again when they change', async () => {
      const server = https.createServer(
        {
          key: readFileSync(key),
          cert: readFileSync(cert),
          requestCert: true,
          rejectUnauthorized: true,
          ca: readFileSync(cert),
        },
        (_request, response) => response.end('{}'),
      );
      servers.push(server);
      await listening(server);
      const root = mkdtempSync(join(tmpdir(), 'tls-'));
      const ours = join(root, 'client.crt');
      writeFileSync(ours, readFileSync(cert));
      copyFileSync(key, join(root, 'client.key'));
      const tls = { ca: cert, cert: ours, key: join(root, 'client.key') };
      const url = `https://127.0.0.1:${portOf(server)}`;
      expect(await restOf({ baseUrl: url, tls }).deliver(record, deliveryOf(1))).to.include({ summary: '200 OK' });
      const without = await failureOf(restOf({ baseUrl: url, tls: { ca: cert } }).deliver(record, deliveryOf(1)));
      expect(adapterErrorKind(without), without.message).to.equal('unavailable');
      const rest = restOf({ baseUrl: url, tls: { ...tls, ca: ours } });
      writeFileSync(ours, 'no certificate');
      expect(adapterErrorKind(await failureOf(rest.deliver(record, deliveryOf(1))))).to.equal('unavailable');
      copyFileSync(cert, ours);
      expect(await rest.deliver(record, deliveryOf(2))).to.include({ summary: '200 OK' });
      await rest.close();
      expect(
        adapterErrorKind(
          await failureOf(restOf({ baseUrl: url, tls: { ca: join(root, 'gone') } }).deliver(record, deliveryOf(1))),
        ),
      ).to.equal('unavailable');
    });
  });

  describe('a proxy', () => {
    const proxies: ConnectProxy[] = [];

    afterEach(async () => {
      for (const proxy of proxies.splice(0)) await proxy.stop();
    });

    async function connectProxy(status = 200): Promise<ConnectProxy> {
      const proxy = await ConnectProxy.start(status);
      proxies.push(proxy);
      return proxy;
    }

    async function socksProxy(): Promise<string> {
      const proxy = net.createServer((socket) => {
        let step = 0;
        socket.on('error', () => undefined);
        socket.on('data', (chunk) => {
          step += 1;
          if (step === 1) socket.write(Buffer.from([5, 0]));
          else if (step === 2) {
            const port = chunk.readUInt16BE(chunk.length - 2);
            const onward = net.connect(port, '127.0.0.1', () => {
              socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
              socket.removeAllListeners('data');
              onward.pipe(socket).pipe(onward);
            });
            onward.on('error', () => socket.destroy());
          }
        });
      });
      servers.push(proxy);
      await listening(proxy);
      return `socks5://127.0.0.1:${portOf(proxy)}`;
    }

    it('is gone through by CONNECT, with its login, and its connection is kept', async () => {
      const proxy = await connectProxy();
      const rest = restOf({ baseUrl: target.url, proxy: `http://user:p%40ss@${proxy.url}` });
      for (const id of [1, 2, 3]) expect(await rest.deliver(record, deliveryOf(id))).to.include({ summary: '200 OK' });
      expect(proxy.seen).to.deep.equal([
        `127.0.0.1:${target.port} Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      ]);
      await rest.close();
    });

    it('is gone through by TLS, which it cannot look into, and by SOCKS5', async () => {
      const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) =>
        response.end('{}'),
      );
      servers.push(server);
      await listening(server);
      const proxy = await connectProxy();
      const url = `https://localhost:${portOf(server)}`;
      const rest = restOf({ baseUrl: url, proxy: `http://${proxy.url}`, tls: { ca: cert } });
      expect(await rest.deliver(record, deliveryOf(1))).to.include({ summary: '200 OK' });
      await rest.close();
      const socks = restOf({ baseUrl: target.url, proxy: await socksProxy() });
      expect(await socks.deliver(record, deliveryOf(1))).to.include({ summary: '200 OK' });
      await socks.close();
    });

    it('that refuses or is away is named, and nothing was sent', async () => {
      const refusing = await connectProxy(407);
      const gone = await connectProxy();
      await gone.stop();
      const cases = [
        [`http://${refusing.url}`, /proxy wants a login \(407\)/],
        [`http://${gone.url}`, /through the proxy \(ECONNREFUSED\)/],
        [`socks5://${gone.url}`, /through the proxy/],
      ] as const;
      for (const [proxy, words] of cases) {
        const error = await failureOf(restOf({ baseUrl: target.url, proxy }).deliver(record, deliveryOf(1)));
        expect(adapterErrorKind(error), error.message).to.equal('unavailable');
        expect(error.text.en).to.match(words);
      }
      expect(target.arrivals).to.have.length(0);
    });
  });
});
