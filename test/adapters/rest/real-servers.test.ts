import { createServer, type Server } from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import type tls from 'node:tls';
import { Socks5Server, defaultConnectionHandler } from '@pondwader/socks5-server';
import { expect } from 'chai';
import Provider from 'oidc-provider';
import { Server as HttpProxy } from 'proxy-chain';
import { Rest } from '../../../adapters/rest.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { at } from '../../support/console.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';

const record = { path: '/hires', body: { name: 'Крыжовников' } };
const file = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname;

const rests: Rest[] = [];
function restOf(settings: object): Rest {
  const { value, problems } = validate(Rest.settings, settings);
  expect(problems).to.deep.equal([]);
  const rest: Rest = Reflect.construct(Rest, [value, toolsIn()]);
  rests.push(rest);
  return rest;
}

async function listening<S extends net.Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
const portOf = (server: net.Server): string => String(at(server.address(), 'port'));

/** Nothing was sent, and a person can read why. */
async function refusal(rest: Rest, secrets: readonly string[] = []): Promise<string> {
  const error = await failureOf(rest.deliver(record, deliveryOf(1)));
  expect(adapterErrorKind(error), error.message).to.equal('unavailable');
  expectFitForPeople(error, secrets);
  return error.text.en;
}

describe('rest and servers that are not ours', function () {
  this.timeout(20_000);
  plainNetwork();

  afterEach(async () => {
    for (const rest of rests.splice(0)) await rest.close();
  });

  describe('oidc-provider gives the tokens', () => {
    // Both parts have to be percent-encoded before they stand in Basic.
    const [clientId, clientSecret] = ['hr:connector', 'a+b/c=%41 x'];
    const api = 'https://hr.example/api';
    let issuer: Server;
    let target: HttpStandIn;
    let provider: Provider;
    let url: string;
    let given = 0;
    const seen: string[] = [];

    before(async () => {
      issuer = await listening(createServer());
      url = `http://127.0.0.1:${portOf(issuer)}`;
      provider = new Provider(url, {
        clients: [
          {
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uris: [],
            response_types: [],
            grant_types: ['client_credentials'],
            scope: 'hires:write',
          },
          {
            client_id: 'in-the-body',
            client_secret: clientSecret,
            redirect_uris: [],
            response_types: [],
            grant_types: ['client_credentials'],
            token_endpoint_auth_method: 'client_secret_post',
          },
        ],
        scopes: ['hires:write', 'payroll'],
        ttl: { ClientCredentials: 3600 },
        features: {
          devInteractions: { enabled: false },
          clientCredentials: { enabled: true },
          resourceIndicators: {
            enabled: true,
            getResourceServerInfo: (_context, resource) => {
              if (resource !== api) throw new Error('another resource');
              return { scope: 'hires:write', accessTokenFormat: 'opaque' };
            },
          },
        },
      });
      provider.on('grant.success', () => (given += 1));
      issuer.on('request', provider.callback());
      target = await HttpStandIn.start(({ headers }, response) => {
        const [, bearer = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
        seen.push(bearer);
        void provider.ClientCredentials.find(bearer).then((token) =>
          response.writeHead(token?.isValid === true ? 201 : 401).end(),
        );
      });
    });

    beforeEach(() => {
      given = 0;
      seen.length = 0;
    });

    after(async () => {
      await target.stop();
      issuer.close();
      issuer.closeAllConnections();
    });

    const withToken = (own: object = {}): Rest =>
      restOf({
        baseUrl: target.url,
        auth: { oauth: { tokenUrl: `${url}/token`, clientId, clientSecret, ...own } },
      });

    it('one for all deliveries, by a secret of any characters, in the header or in the body', async () => {
      for (const own of [{}, { client: 'body', clientId: 'in-the-body' }]) {
        const rest = withToken(own);
        given = 0;
        await Promise.all(Array.from({ length: 20 }, (_none, id) => rest.deliver(record, deliveryOf(id))));
        expect(given).to.equal(1);
      }
      expect(new Set(seen).size).to.equal(2);
    });

    it('for a resource and a scope', async () => {
      await withToken({ scope: 'hires:write', fields: { resource: api } }).deliver(record, deliveryOf(1));
      const token = await provider.ClientCredentials.find(seen[0] ?? '');
      expect([token?.aud, token?.scope]).to.deep.equal([api, 'hires:write']);
    });

    it('and another one, once for all that were refused, when it was revoked', async () => {
      const rest = withToken();
      await rest.deliver(record, deliveryOf(1));
      await (await provider.ClientCredentials.find(seen[0] ?? ''))?.destroy();
      const all = Array.from({ length: 20 }, (_none, id) => rest.deliver(record, deliveryOf(id + 2)));
      for (const { summary } of await Promise.all(all)) expect(summary).to.equal('201 Created');
      expect(given).to.equal(2);
    });

    it('or says why not: then nothing has left', async () => {
      expect(await refusal(withToken({ clientSecret: 'wrong-secret' }), ['wrong-secret'])).to.include('invalid_client');
      expect(await refusal(withToken({ clientId: 'nobody' }), [clientSecret])).to.include('invalid_client');
      expect(await refusal(withToken({ scope: 'payroll', fields: { resource: api } }))).to.include('invalid_scope');
      expect(await refusal(withToken({ fields: { resource: 'https://other.example' } }))).to.match(/invalid_\w+|500/);
      expect(seen).to.deep.equal([]);
    });
  });

  describe('a server that wants a certificate', () => {
    const servers: https.Server[] = [];
    const client = { ca: file('authority.crt'), cert: file('client.crt'), key: file('client.key') };

    afterEach(() => {
      for (const server of servers.splice(0)) {
        server.close();
        server.closeAllConnections();
      }
    });

    /** Answers with the name in the client's certificate. */
    async function start(maxVersion: tls.SecureVersion): Promise<{ url: string; names: string[] }> {
      const names: string[] = [];
      const server = https.createServer(
        {
          ca: readFileSync(file('authority.crt')),
          cert: readFileSync(file('server.crt')),
          key: readFileSync(file('server.key')),
          requestCert: true,
          rejectUnauthorized: true,
          maxVersion,
        },
        (_request, response) => response.writeHead(201).end(),
      );
      server.on('secureConnection', (socket) => names.push(String(socket.getPeerCertificate().subject.CN)));
      servers.push(await listening(server));
      return { url: `https://localhost:${portOf(server)}`, names };
    }

    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      it(`takes it as PEM and as PFX, and refuses none and a stranger's (${version})`, async () => {
        const { url, names } = await start(version);
        const { ca } = client;
        const pfx = { ca, pfx: file('client.pfx'), passphrase: 'client-pass' };
        for (const given of [client, pfx])
          expect(await restOf({ baseUrl: url, tls: given }).deliver(record, deliveryOf(1))).to.include({
            summary: '201 Created',
          });
        expect(names).to.deep.equal(['client', 'client']);
        const stranger = { ca, cert: file('stranger.crt'), key: file('stranger.key') };
        expect(await refusal(restOf({ baseUrl: url, tls: stranger }))).to.match(/TLS failed|ECONNRESET/);
        // Without one TLS 1.3 has sent the request before the server says so, and its alert may be lost with the rest.
        const none = await failureOf(restOf({ baseUrl: url, tls: { ca } }).deliver(record, deliveryOf(1)));
        expect(adapterErrorKind(none)).to.be.oneOf(
          version === 'TLSv1.2' ? ['unavailable'] : ['unavailable', 'uncertain'],
        );
        expect(names).to.have.length(2);
      });
    }

    it('that stands behind nginx says so by a 400, which costs no record its life', async () => {
      for (const words of ['No required SSL certificate was sent', 'The SSL certificate error']) {
        const nginx = await HttpStandIn.start((_arrival, response) =>
          response.writeHead(400, { 'content-type': 'text/html' }).end(`<html><body><center>${words}</center></body>`),
        );
        expect(await refusal(restOf({ baseUrl: nginx.url }))).to.include('settings.tls');
        await nginx.stop();
      }
    });

    it('is not trusted without its authority, nor by another name', async () => {
      const { url, names } = await start('TLSv1.3');
      const { cert, key } = client;
      expect(await refusal(restOf({ baseUrl: url, tls: { cert, key } }))).to.include('settings.tls.ca');
      expect(await refusal(restOf({ baseUrl: url, tls: { ...client, servername: 'hr.example' } }))).to.include('TLS');
      expect(names).to.deep.equal([]);
    });

    it('gets a sentence about a PFX of an old make, a wrong passphrase, a key of another certificate', async () => {
      const { url } = await start('TLSv1.3');
      const pfx = { ca: client.ca, passphrase: 'client-pass' };
      expect(await refusal(restOf({ baseUrl: url, tls: { ...pfx, pfx: file('client-old.pfx') } }), ['client-pass']))
        .to //
        .include('export it again with AES');
      const wrong = { ...pfx, pfx: file('client.pfx'), passphrase: 'wrong-pass' };
      expect(await refusal(restOf({ baseUrl: url, tls: wrong }), ['wrong-pass'])).to.include('passphrase');
      expect(await refusal(restOf({ baseUrl: url, tls: { ...client, key: file('stranger.key') } }))).to.include('key');
    });
  });

  describe('a proxy', () => {
    let target: HttpStandIn;
    let secure: https.Server;
    let http: HttpProxy;
    let socks: net.Server;
    const asked: string[] = [];

    before(async () => {
      target = await HttpStandIn.start((_arrival, response) => response.writeHead(201).end());
      secure = await listening(
        https.createServer(
          { cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) },
          (_request, response) => response.writeHead(201).end(),
        ),
      );
      http = new HttpProxy({
        host: '127.0.0.1',
        port: 0,
        prepareRequestFunction: ({ username, password, hostname, isHttp }) => {
          asked.push(`${isHttp ? 'http' : 'connect'} ${hostname}`);
          return { requestAuthentication: username !== 'hr' || password !== 'p@ss:w/rd' };
        },
      });
      await http.listen();
      const inner = new Socks5Server();
      inner.setAuthHandler(({ username, password }) => username === 'hr' && password === 'p@ss:w/rd');
      inner.setConnectionHandler((connection, status) => {
        asked.push(`socks ${connection.destAddress}`);
        defaultConnectionHandler(connection, status);
      });
      socks = await listening(net.createServer((socket) => inner._handleConnection(socket)));
    });

    beforeEach(() => {
      asked.length = 0;
      target.arrivals.length = 0;
    });

    after(async () => {
      await http.close(true);
      socks.close();
      await target.stop();
      secure.close();
      secure.closeAllConnections();
    });

    const login = encodeURIComponent('p@ss:w/rd');
    const ways = (): readonly string[] => [
      `http://hr:${login}@127.0.0.1:${http.port}`,
      `socks5://hr:${login}@127.0.0.1:${portOf(socks)}`,
    ];

    it('lets through to a plain and to an encrypted target, whose name it finds itself', async () => {
      for (const proxy of ways()) {
        for (const baseUrl of [`http://localhost:${target.port}`, `https://localhost:${portOf(secure)}`]) {
          const rest = restOf({ baseUrl, proxy, tls: { ca: file('authority.crt') } });
          for (const id of [1, 2])
            expect(await rest.deliver(record, deliveryOf(id))).to.include({ summary: '201 Created' });
        }
      }
      expect(asked).to.deep.equal(['connect localhost', 'connect localhost', 'socks localhost', 'socks localhost']);
    });

    it('is gone through to the server of tokens as well, whose authority is the same', async () => {
      const asks: string[] = [];
      const both = await listening(
        https.createServer(
          { cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) },
          (request, response) => {
            asks.push(`${request.method} ${request.url} ${(request.headers.authorization ?? '').split(' ')[0]}`);
            if (request.url === '/token') response.end('{"access_token":"made-up","expires_in":"3600"}');
            else response.writeHead(request.headers.authorization === 'Bearer made-up' ? 201 : 401).end();
          },
        ),
      );
      const baseUrl = `https://localhost:${portOf(both)}`;
      const oauth = { tokenUrl: `${baseUrl}/token`, clientId: 'hr', clientSecret: 'geheim' };
      for (const proxy of ways()) {
        const rest = restOf({ baseUrl, proxy, auth: { oauth }, tls: { ca: file('authority.crt') } });
        expect(await rest.deliver(record, deliveryOf(1))).to.include({ summary: '201 Created' });
        expect(await refusal(restOf({ baseUrl, proxy, auth: { oauth } }), ['geheim'])).to.match(
          /^The token server did not answer: .* The record was not sent\.$/,
        );
      }
      both.close();
      both.closeAllConnections();
      expect(asks).to.deep.equal([
        'POST /token Basic',
        'POST /hires Bearer',
        'POST /token Basic',
        'POST /hires Bearer',
      ]);
      expect(asked.filter((way) => way === 'connect localhost')).to.have.length(3);
      expect(asked.filter((way) => way === 'socks localhost')).to.have.length(3);
    });

    it('that wants another login, or does not reach the target, is the one that is named', async () => {
      const wrong = ways().map((proxy) => proxy.replace('hr:', 'nobody:'));
      for (const proxy of wrong)
        expect(await refusal(restOf({ baseUrl: target.url, proxy }), ['p@ss:w/rd', login])).to.include(
          'the proxy wants a login',
        );
      for (const proxy of ways())
        expect(await refusal(restOf({ baseUrl: 'http://127.0.0.1:1', proxy }), [login])).to.include('proxy');
      expect(target.arrivals).to.deep.equal([]);
    });
  });

  it("is understood by the platform's own reader of multipart, whatever stands in names and values", async () => {
    const target = await HttpStandIn.start((_arrival, response) => response.writeHead(201).end());
    const rest = restOf({ baseUrl: target.url, body: 'multipart' });
    const body = { имя: 'Ёж\r\n--x', 'a"b': '"', empty: '', list: ['1', '2'] };
    await rest.deliver({ path: '/x', body }, deliveryOf(1));
    const [arrival] = target.arrivals;
    const form = await new Response(arrival?.body, {
      headers: { 'content-type': arrival?.headers['content-type'] ?? '' },
    }).formData();
    expect([...form]).to.deep.equal([
      ['имя', 'Ёж\r\n--x'],
      ['a"b', '"'],
      ['empty', ''],
      ['list', '1'],
      ['list', '2'],
    ]);
    await target.stop();
  });
});
