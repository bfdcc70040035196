import { readFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import nock from 'nock';
import { classify, HttpClient, retryAfterOf, textOf } from '../../adapters/http.ts';
import { pathWithin, queryText } from '../../adapters/http/path.ts';
import { adapterErrorKind, RejectedError } from '../../src/adapter.ts';
import { failureOf } from '../conformance/adapter.ts';
import { interceptedNetwork } from '../support/intercepted-network.ts';
import { closedPort, HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import type { HttpClientOptions, HttpMethod, HttpRequest } from '../../adapters/http.ts';

const never = new AbortController().signal;

describe('HttpClient', () => {
  interceptedNetwork();
  let target: HttpStandIn;
  const clients: HttpClient[] = [];

  function clientFor(options: Partial<HttpClientOptions> = {}): HttpClient {
    const client = new HttpClient({ baseUrl: target.url, timeout: 10_000, concurrency: 2, ...options });
    clients.push(client);
    return client;
  }

  const get = (client: HttpClient, request: Partial<HttpRequest> = {}): Promise<unknown> =>
    client.request({ method: 'GET', path: '/', signal: never, ...request });

  beforeEach(async () => {
    target = await HttpStandIn.start();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await target.stop();
  });

  it('keeps the path of the base URL and encodes Cyrillic and spaces as UTF-8', async () => {
    await get(clientFor({ baseUrl: `${target.url}/api/` }), {
      path: '/Catalog_Люди и дети',
      query: { имя: 'а б+в', $top: 1, none: null, many: ['x', true] },
    });
    expect(target.arrivals[0]?.url).to.equal(
      '/api/Catalog_%D0%9B%D1%8E%D0%B4%D0%B8%20%D0%B8%20%D0%B4%D0%B5%D1%82%D0%B8?%D0%B8%D0%BC%D1%8F=%D0%B0%20%D0%B1%2B%D0%B2&%24top=1&many=x&many=true',
    );
  });

  it('sends body and headers as they are', async () => {
    await clientFor({ headers: { 'X-One': '1' } }).request({
      method: 'POST',
      path: '/a',
      headers: { 'Content-Type': 'application/json' },
      body: '{"а":"я"}',
      signal: never,
    });
    const [arrival] = target.arrivals;
    expect(arrival).to.include({ method: 'POST', body: '{"а":"я"}' });
    expect(arrival?.headers).to.include({ 'x-one': '1', 'content-type': 'application/json' });
  });

  it('answers every status without throwing, unzipped and with a body of bytes', async () => {
    target.answer = (_arrival, response) =>
      response.writeHead(500, { 'Content-Encoding': 'gzip', 'X-Two': 'b' }).end(gzipSync('привет'));
    const answer = await clientFor().request({ method: 'GET', path: '/', signal: never });
    expect(answer.status).to.equal(500);
    expect(answer.headers['x-two']).to.equal('b');
    expect(textOf(answer)).to.equal('привет');
  });

  it('does not follow a redirect', async () => {
    const other = await HttpStandIn.start();
    target.answer = (_arrival, response) => response.writeHead(302, { Location: `${other.url}/steal` }).end();
    const answer = await clientFor({ headers: { Authorization: 'Bearer secret' } }).request({
      method: 'GET',
      path: '/',
      signal: never,
    });
    expect(answer.status).to.equal(302);
    expect(other.arrivals).to.have.length(0);
    await other.stop();
  });

  it('uses no proxy of the environment', async () => {
    const proxy = await HttpStandIn.start();
    process.env['HTTP_PROXY'] = proxy.url;
    try {
      await get(clientFor());
    } finally {
      delete process.env['HTTP_PROXY'];
      await proxy.stop();
    }
    expect(target.arrivals).to.have.length(1);
    expect(proxy.arrivals).to.have.length(0);
  });

  it('reuses connections and opens no more than its concurrency', async () => {
    const client = clientFor({ concurrency: 2 });
    target.answer = (_arrival, response) => {
      setImmediate(() => response.end('{}'));
    };
    await Promise.all(Array.from({ length: 12 }, () => get(client)));
    expect(target.arrivals).to.have.length(12);
    expect(target.connections).to.equal(2);
  });

  it('goes through nock like any HTTP client', async () => {
    nock('https://intranet.example').get('/api/x').reply(204);
    const answer = await clientFor({ baseUrl: 'https://intranet.example/api' }).request({
      method: 'GET',
      path: 'x',
      signal: never,
    });
    expect(answer.status).to.equal(204);
  });

  describe('without an answer', () => {
    it('is unavailable when the connection is refused, also for POST', async () => {
      const port = await closedPort();
      const error = await failureOf(
        clientFor({ baseUrl: `http://127.0.0.1:${port}` }).request({
          method: 'POST',
          path: '/',
          body: '{}',
          signal: never,
        }),
      );
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('ECONNREFUSED').and.include(`127.0.0.1:${port}`);
    });

    it('is unavailable when the host name does not exist', async () => {
      nock.enableNetConnect(/invalid|127\.0\.0\.1/);
      try {
        const error = await failureOf(
          clientFor({ baseUrl: 'http://nobody.invalid' }).request({
            method: 'POST',
            path: '/',
            body: '{}',
            signal: never,
          }),
        );
        expect(adapterErrorKind(error)).to.equal('unavailable');
        expect(error.text.ru).to.match(/ENOTFOUND|EAI_AGAIN/);
      } finally {
        nock.enableNetConnect((host) => /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(host));
      }
    });

    it('is unavailable when the certificate is not trusted', async () => {
      const folder = new URL('../fixtures/tls/', import.meta.url);
      const server = https.createServer(
        {
          key: readFileSync(new URL('self-signed.key', folder)),
          cert: readFileSync(new URL('self-signed.crt', folder)),
        },
        (_request, response) => response.end(),
      );
      let requests = 0;
      server.on('request', () => {
        requests += 1;
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const error = await failureOf(
        clientFor({ baseUrl: `https://127.0.0.1:${address.port}` }).request({
          method: 'POST',
          path: '/',
          body: '{}',
          signal: never,
        }),
      );
      server.close();
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('TLS failed').and.include('NODE_EXTRA_CA_CERTS');
      expect(requests).to.equal(0);
    });

    it('is unavailable when the TLS handshake never ends', async () => {
      const silent = net.createServer(() => {});
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const error = await failureOf(
        clientFor({ baseUrl: `https://127.0.0.1:${address.port}`, timeout: 150 }).request({
          method: 'POST',
          path: '/',
          body: '{}',
          signal: never,
        }),
      );
      silent.close();
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('no connection within 150 ms');
    });

    const lost: readonly (readonly [HttpMethod, string])[] = [
      ['POST', 'uncertain'],
      ['PATCH', 'uncertain'],
      ['PUT', 'unavailable'],
      ['DELETE', 'unavailable'],
      ['GET', 'unavailable'],
    ];
    for (const [method, kind] of lost) {
      it(`is ${kind} when ${method} was sent and the connection broke`, async () => {
        target.answer = (_arrival, _response, socket) => socket.resetAndDestroy();
        const error = await failureOf(clientFor().request({ method, path: '/', signal: never }));
        expect(adapterErrorKind(error)).to.equal(kind);
        expect(target.arrivals).to.have.length(1);
      });
    }

    it('is uncertain when a POST hangs longer than the timeout', async () => {
      target.answer = () => {};
      const error = await failureOf(
        clientFor({ timeout: 1_000 }).request({ method: 'POST', path: '/', body: '{}', signal: never }),
      );
      expect(adapterErrorKind(error)).to.equal('uncertain');
      expect(error.text.en).to.include('1000 ms');
    });

    it('counts the timeout to the last byte, so that a trickling body does not hold it', async () => {
      target.answer = (_arrival, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(drip));
      };
      const error = await failureOf(get(clientFor({ timeout: 500 })));
      expect(adapterErrorKind(error)).to.equal('unavailable');
    });

    it('is unavailable when the body of the answer to a GET is cut off, for what was read is not all there', async () => {
      target.answer = (_arrival, response, socket) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('x', () => socket.destroy());
      };
      const error = await failureOf(get(clientFor()));
      expect(adapterErrorKind(error)).to.equal('unavailable');
    });

    it('reads no more than 64 MB of an answer', async () => {
      const megabyte = Buffer.alloc(1024 * 1024);
      target.answer = (_arrival, response) => {
        const pour = (): void => {
          while (!response.destroyed && response.write(megabyte));
          if (!response.destroyed) response.once('drain', pour);
        };
        pour();
      };
      const error = await failureOf(get(clientFor({ timeout: 10_000 })));
      expect(error.text.en).to.include('too large');
    });

    it('is unavailable and sends nothing when the signal was aborted before', async () => {
      const error = await failureOf(clientFor().request({ method: 'POST', path: '/', signal: AbortSignal.abort() }));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(target.connections).to.equal(0);
    });

    it('is uncertain at once when the signal is aborted after a POST was sent', async () => {
      const abort = new AbortController();
      target.answer = () => abort.abort();
      const error = await failureOf(
        clientFor({ timeout: 60_000 }).request({ method: 'POST', path: '/', signal: abort.signal }),
      );
      expect(adapterErrorKind(error)).to.equal('uncertain');
    });

    it('keeps nothing of the request in the error', async () => {
      target.answer = (_arrival, _response, socket) => socket.destroy();
      const error = await failureOf(
        clientFor({ headers: { Authorization: 'Bearer geheim' } }).request({
          method: 'POST',
          path: '/Иванова',
          query: { q: 'Анна' },
          body: '{"a":"Петрова"}',
          signal: never,
        }),
      );
      const everything = JSON.stringify([error, error.text, error.message, error.stack, error.cause]);
      for (const secret of ['geheim', 'Иванова', '%D0', 'Анна', 'Петрова']) expect(everything).not.to.include(secret);
    });
  });

  describe('leaving', () => {
    it('is called before the request arrives and not for a request that is refused here', async () => {
      const order: string[] = [];
      target.answer = (_arrival, response) => {
        order.push('arrived');
        response.end();
      };
      const leaving = (): void => {
        order.push('leaving');
      };
      await get(clientFor(), { leaving });
      await failureOf(get(clientFor(), { path: '../x', leaving }));
      await failureOf(get(clientFor(), { headers: { 'X-A': 'a\r\nX-B: b' }, leaving }));
      expect(order).to.deep.equal(['leaving', 'arrived']);
    });
  });

  it('refuses header values with line breaks or characters outside Latin-1 and names the header alone', async () => {
    for (const value of ['a\r\nX-B: b', 'Анна', 'a\0b']) {
      const error = await failureOf(get(clientFor(), { headers: { 'X-Name': value } }));
      expect(adapterErrorKind(error)).to.equal('rejected');
      expect(error.text.en).to.include('"X-Name"').and.not.include(value);
    }
    expect(target.arrivals).to.have.length(0);
  });
});

describe('pathWithin', () => {
  const leaving = [
    '//evil.example/x',
    'http://evil.example',
    '/https://evil.example',
    'HTTP://evil.example',
    '..',
    '/../admin',
    '/a/../../b',
    '/a/./b',
    '/%2e%2e/admin',
    '/%2E./admin',
    '/a/%252e%252e/b',
    '/..%2fadmin',
    '/a%2f..%2fb',
    '/..%5cadmin',
    '\\\\evil.example',
    '/a\\..\\b',
    '/%c0%ae%c0%ae/x',
    '/..;/admin',
    '/a/..;x=1/b',
    '/.%2e;/admin',
    '/%2e%2e;jsessionid=1/admin',
    '/a/.;/b',
    '/a/%2e%2e%3b/b',
    '/a/..%20/b',
    '/%u002e%u002e/b',
    '/%e0%80%ae%e0%80%ae/x',
    '/．．/admin',
    '/‥/admin',
    '/a／..／b',
    '/a＼b',
    '%2f%2fevil.example',
    '/a\r\nHost: evil',
    '/a%0d%0ab',
    '/a\0',
    '/a%00',
    '/a?admin=1',
    '/a#b',
    '/a\ud800',
  ];
  for (const path of leaving) {
    it(`refuses ${JSON.stringify(path)}`, () => {
      expect(() => pathWithin(path)).to.throw(RejectedError);
    });
  }

  it('refuses at once what is too long, and what is encoded over and over', () => {
    const began = process.cpuUsage();
    expect(() => pathWithin(`/r/${'ы'.repeat(2_000_000)}`)).to.throw(RejectedError);
    expect(() => pathWithin(`/r/%${'25'.repeat(50_000)}41`)).to.throw(RejectedError);
    expect(() => pathWithin(`/r/%${'25'.repeat(3_000)}41`)).to.throw(RejectedError);
    expect(process.cpuUsage(began).user).to.be.lessThan(50_000);
    expect(pathWithin(`/r/${'a'.repeat(7000)}%252F`)).to.equal(`/r/${'a'.repeat(7000)}%252F`);
  });

  it('encodes what needs it and leaves what a path may hold', () => {
    expect(pathWithin('/employees/Иванова Анна')).to.equal(
      '/employees/%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2%D0%B0%20%D0%90%D0%BD%D0%BD%D0%B0',
    );
    expect(pathWithin("Catalog_X(guid'1-2')/$value")).to.equal("/Catalog_X(guid'1-2')/$value");
    expect(pathWithin('/a@b:c=1,2;d&e+f')).to.equal('/a@b:c=1,2;d&e+f');
    expect(pathWithin('/100%/a%2Fb/%zz')).to.equal('/100%25/a%2Fb/%25zz');
    expect(pathWithin('/a;v=1/b;c')).to.equal('/a;v=1/b;c');
    expect(pathWithin('/a..b/...')).to.equal('/a..b/...');
    expect(pathWithin('/')).to.equal('');
    expect(pathWithin('')).to.equal('');
  });

  it('never leaves the base URL, whatever the text', () => {
    const piece = fc.constantFrom(
      '/',
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '@',
      ':',
      '//',
      'http:',
      '?',
      '#',
      '%',
      '25',
      'a',
      'я',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        let path: string;
        try {
          path = pathWithin(pieces.join(''));
        } catch (error) {
          expect(adapterErrorKind(error)).to.equal('rejected');
          return;
        }
        const url = new URL(`https://intranet.example/api${path}`);
        expect(url.origin).to.equal('https://intranet.example');
        expect(url.pathname).to.equal(`/api${path}`);
        expect(url.search + url.hash + url.username).to.equal('');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('queryText', () => {
  it('reads back as what was given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), { maxLength: 4 }),
        (pairs) => {
          const query = Object.fromEntries(pairs);
          const text = queryText(query);
          expect(text).not.to.match(/[+#\s]/);
          expect(Object.entries(query)).to.deep.equal([...new URLSearchParams(text)]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('classify', () => {
  const now = Date.UTC(2026, 10, 21, 9, 0, 0);
  const kindOf = (status: number): string | undefined =>
    adapterErrorKind(classify({ status, headers: {}, body: Buffer.from('Иванова') }, now));

  it('takes every 2xx as success', () => {
    for (const status of [200, 201, 202, 204, 299]) expect(kindOf(status)).to.equal(undefined);
  });

  it('tells what the operator or time mends from what the record needs', () => {
    for (const status of [301, 307, 308, 401, 403, 407, 408, 423, 425, 429, 500, 502, 503, 504, 599])
      expect(kindOf(status), String(status)).to.equal('unavailable');
    for (const status of [300, 302, 303, 304, 400, 404, 405, 409, 410, 413, 415, 422])
      expect(kindOf(status), String(status)).to.equal('rejected');
  });

  it('names status and remedy in both languages, nothing of the body', () => {
    for (const status of [302, 307, 401, 422, 503]) {
      const error = classify({ status, headers: {}, body: Buffer.from('Иванова') }, now);
      expect(error?.text.ru).to.match(new RegExp(`${status}.*[а-я]{4}`));
      expect(error?.text.en)
        .to.include(String(status))
        .and.not.match(/[а-яё]/i);
      expect(`${error?.text.ru}${error?.text.en}`).not.to.include('Иванова');
    }
  });

  it('passes Retry-After on', () => {
    expect(
      classify({ status: 429, headers: { 'retry-after': '120' }, body: Buffer.alloc(0) }, now)?.retryAfter,
    ).to.equal(120);
    expect(classify({ status: 503, headers: {}, body: Buffer.alloc(0) }, now)?.retryAfter).to.equal(undefined);
  });

  it('reads Retry-After as seconds or as a date', () => {
    const read = (value: string): number | undefined => retryAfterOf({ 'retry-after': value }, now);
    expect(read('0')).to.equal(0);
    expect(read(' 7 ')).to.equal(7);
    expect(read('Sat, 21 Nov 2026 09:01:30 GMT')).to.equal(90);
    expect(read('Sat, 21 Nov 2026 08:00:00 GMT')).to.equal(0);
    for (const years of ['999999999', '99999999999', '9'.repeat(400)]) expect(read(years), years).to.equal(999_999_999);
    for (const nonsense of ['', '-1', '1.5', 'soon', '2026-11-21'])
      expect(read(nonsense), nonsense).to.equal(undefined);
  });
});

describe('textOf', () => {
  it('decodes by the charset and drops the byte order mark', () => {
    expect(
      textOf({
        status: 200,
        headers: { 'content-type': 'text/plain; charset=windows-1251' },
        body: Buffer.from([0xcf, 0xf0]),
      }),
    ).to.equal('Пр');
    expect(textOf({ status: 200, headers: {}, body: Buffer.from('\ufeff{}') })).to.equal('{}');
    expect(
      textOf({ status: 200, headers: { 'content-type': 'text/plain; charset=nonsense' }, body: Buffer.from('я') }),
    ).to.equal('я');
  });
});
