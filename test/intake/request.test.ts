import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from 'chai';
import { sign, wireBytes } from '../../src/huntflow/wire.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { headersOf, hire, postWebhook, secret } from '../support/webhook.ts';

const megabyte = 1024 ** 2;

describe('intake of odd requests', () => {
  plainNetwork();
  let service: Service;
  const { document } = fixture('facts/04-status-hired');
  const find = (id: unknown) => service.app.composition.inbox.find(Number(id));
  const count = async () => (await service.app.composition.inbox.list({})).length;

  before(async () => {
    service = await Service.start({
      mappings: {},
      config: {
        server: { port: 0, bodyLimit: '64kb' },
        sources: { huntflow: { secrets: [secret] }, open: { unsigned: true } },
      },
    });
  });

  after(() => service.stop());

  it('answers 404 for a source that is not configured, however it is spelt', async () => {
    for (const source of [
      'nobody',
      'Huntflow',
      '__proto__',
      'constructor',
      '%zz',
      '%00',
      'huntflow%2fx',
      'huntflow/x',
      'x'.repeat(2000),
    ]) {
      expect((await postWebhook(service.url, document, { source })).status, source).to.equal(404);
    }
    expect((await request(`${service.url}/webhooks/`, {})).status).to.equal(404);
    expect((await request(`${service.url}/`, {})).status).to.equal(404);
  });

  it('answers 405 to any other method, and says which one is right', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const answer = await request(`${service.url}/webhooks/huntflow`, { method });
      expect([answer.status, answer.headers['allow']], method).to.deep.equal([405, 'POST']);
    }
  });

  it('does not care for the content type', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=windows-1251',
      'nonsense',
      '',
    ]) {
      const answer = await postWebhook(service.url, document, { headers: { 'content-type': type } });
      expect(answer.status, type).to.equal(200);
    }
  });

  it('takes a chunked body, in any pieces', async () => {
    const bytes = wireBytes(hire(1));
    for (const size of [1, 100, 4096]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(
        (await request(`${service.url}/webhooks/huntflow`, { body: pieces, headers: headersOf(bytes) })).status,
      ).to.equal(200);
    }
  });

  it('keeps an unreadable body as failed, with its bytes and the reason', async () => {
    const bodies = [
      '',
      ' ',
      'null',
      '"text"',
      '12',
      '[{"event": 1}]',
      '{"event": ',
      '{"a": 1} trailing',
      '\uFEFF',
      Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
      '['.repeat(20_000),
      '{"a":'.repeat(600) + '1' + '}'.repeat(600),
    ];
    for (const [index, body] of bodies.entries()) {
      const bytes = Buffer.from(body);
      const answer = await postWebhook(service.url, bytes);
      expect([answer.status, Reflect.get(Object(answer.json), 'status')], `body ${index}`).to.deep.equal([
        200,
        'accepted',
      ]);
      const kept = await find(Reflect.get(Object(answer.json), 'event'));
      expect(kept, `body ${index}`).to.include({ state: 'failed', bodySize: bytes.length, event: 'APPLICANT' });
      expect(Buffer.from(kept?.body ?? []).equals(bytes), `body ${index}`).to.equal(true);
      expect(kept?.error, `body ${index}`).to.have.keys('ru', 'en');
    }
  });

  it('takes objects that are no envelope, of any shape', async () => {
    const bodies = [
      '{}',
      '{"meta": null, "event": null}',
      '{"meta": [], "event": "x"}',
      '{"meta": {"account": 5, "event_id": {}, "event_type": 7}}',
      '{"__proto__": {"meta": 1}, "constructor": null}',
      '{"meta": {"event_type": "\\u0000\\ud800", "event_id": "\\u0000", "domain": "x", "webhook_action": ["ADD"]}}',
      `{"meta": {"event_id": "${'9'.repeat(5000)}", "domain": "${'ё'.repeat(3000)}"}}`,
    ];
    for (const body of bodies) {
      const answer = await postWebhook(service.url, Buffer.from(body));
      expect([answer.status, Reflect.get(Object(answer.json), 'status')], body.slice(0, 60)).to.deep.equal([
        200,
        'accepted',
      ]);
    }
    await service.app.drain();
    expect((await service.app.composition.inbox.list({ state: 'received' })).length).to.equal(0);
  });

  it('takes huge and odd header values', async () => {
    const headers = {
      'x-huntflow-delivery': 'd'.repeat(6000),
      'user-agent': '\u00ff'.repeat(3000),
      'x-huntflow-event': `APPLICANT\u00e9${'Z'.repeat(600)}`,
      'content-encoding': 'gzip',
      'content-language': '-',
    };
    const first = await postWebhook(service.url, Buffer.from('{"a": 1}'), { headers });
    expect(first.json).to.have.property('status', 'accepted');
    const other = await postWebhook(service.url, Buffer.from('{"a": 1}'), {
      headers: { ...headers, 'x-huntflow-delivery': `${'d'.repeat(5999)}e` },
    });
    expect(other.json, 'another delivery id, alike in its first 500 characters').to.have.property('status', 'accepted');
    const again = await postWebhook(service.url, Buffer.from('{"a": 1}'), { headers });
    expect(again.json).to.deep.equal({ status: 'duplicate', event: Reflect.get(Object(first.json), 'event') });
  });

  it('keeps no signature, cookie or authorization header', async () => {
    const answer = await postWebhook(service.url, hire(2), {
      delivery: 'one',
      headers: { cookie: 'c=1', authorization: 'Bearer x', 'x-other': 'y' },
    });
    const kept = await find(Reflect.get(Object(answer.json), 'event'));
    expect(Object.keys(kept?.headers ?? {}).toSorted()).to.deep.equal([
      'content-type',
      'user-agent',
      'x-huntflow-delivery',
      'x-huntflow-event',
    ]);
  });

  describe('over the body limit', () => {
    const big = randomBytes(200 * 1024);

    it('keeps a signed body as failed without its content, whether it comes with a length or chunked', async () => {
      for (const [delivery, body] of [
        ['with a length', big],
        ['chunked', [big.subarray(0, 70_000), big.subarray(70_000)]],
      ] as const) {
        const answer = await request(`${service.url}/webhooks/huntflow`, {
          body,
          headers: headersOf(big, { delivery }),
        });
        expect([answer.status, Reflect.get(Object(answer.json), 'status')], delivery).to.deep.equal([200, 'accepted']);
        const kept = await find(Reflect.get(Object(answer.json), 'event'));
        expect(kept, delivery).to.include({ state: 'failed', body: null, bodySize: big.length });
        expect(kept?.error?.en, delivery).to.include('server.bodyLimit');
      }
      expect(service.log.some((line) => line.includes('kept as failed') && line.includes('bodyLimit'))).to.equal(true);
    });

    it('keeps a body of exactly the limit whole', async () => {
      const bytes = Buffer.from(JSON.stringify({ filler: 'x'.repeat(64 * 1024 - 13) }));
      expect(bytes.length).to.equal(64 * 1024);
      const answer = await postWebhook(service.url, bytes);
      expect((await find(Reflect.get(Object(answer.json), 'event')))?.body?.length).to.equal(64 * 1024);
    });

    it('answers 413 when the signature is wrong or missing', async () => {
      const before = await count();
      for (const wrong of [null, 'another-secret']) {
        for (const body of [big, [big.subarray(0, 70_000), big.subarray(70_000)]]) {
          expect(
            (await request(`${service.url}/webhooks/huntflow`, { body, headers: headersOf(big, { secret: wrong }) }))
              .status,
          ).to.equal(413);
        }
      }
      expect(await count()).to.equal(before);
    });

    it('answers a signed PING of any size', async () => {
      expect(
        (await request(`${service.url}/webhooks/huntflow`, { body: big, headers: headersOf(big, { event: 'PING' }) }))
          .json,
      ).to.deep.equal({ status: 'ping' });
    });

    it('reads a signed body up to 100 MB, and answers 413 beyond that however it is signed', async () => {
      const part = Buffer.alloc(megabyte, 'x');
      const full = Array.from({ length: 100 }, () => part);
      const signature = (parts: readonly Buffer[]) => ({
        ...headersOf(Buffer.alloc(0), { secret: null }),
        'x-huntflow-signature': sign(secret, Buffer.concat(parts)),
      });
      expect(
        (await request(`${service.url}/webhooks/huntflow`, { body: full, headers: signature(full) })).status,
      ).to.equal(200);
      const over = [...full, Buffer.from('x')];
      const headers = signature(over);
      expect((await request(`${service.url}/webhooks/huntflow`, { body: over, headers })).status, 'chunked').to.equal(
        413,
      );
      expect(
        (
          await request(`${service.url}/webhooks/huntflow`, {
            body: over,
            headers: { ...headers, 'content-length': String(100 * megabyte + 1) },
          })
        ).status,
        'with a length',
      ).to.equal(413);
    });
  });

  it('keeps nothing of a sender that hangs up, logs no stack, and goes on', async () => {
    const before = await count();
    const logged = service.log.length;
    const bytes = wireBytes(hire(3));
    const head = (lines: readonly string[]) =>
      [
        'POST /webhooks/huntflow HTTP/1.1',
        'Host: x',
        ...Object.entries(headersOf(bytes)).map(([name, value]) => `${name}: ${value}`),
        ...lines,
        '',
        '',
      ].join('\r\n');
    const halves = [
      `${head([`Content-Length: ${bytes.length}`])}${bytes.subarray(0, 500).toString('latin1')}`,
      `${head(['Transfer-Encoding: chunked'])}1f4\r\n${bytes.subarray(0, 500).toString('latin1')}\r\n`,
      head([`Content-Length: ${bytes.length}`]),
      'POST /webhooks/huntflow HT',
    ];
    for (const half of halves) {
      for (const leave of ['end', 'reset'] as const) {
        await new Promise<void>((resolve) => {
          const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () =>
            socket.write(half, () =>
              setImmediate(() => {
                if (leave === 'end') socket.end();
                else socket.resetAndDestroy();
              }),
            ),
          );
          socket
            .on('error', () => undefined)
            .on('close', () => resolve())
            .resume();
        });
      }
    }
    expect((await postWebhook(service.url, hire(4))).json).to.have.property('status', 'accepted');
    await until('the last request is counted', async () => (await count()) === before + 1);
    expect(service.log.slice(logged).filter((line) => /"level":"(?:warn|error)"|at \S+ \(/.test(line))).to.deep.equal(
      [],
    );
  });

  it('answers a request that is no HTTP with 400 and goes on', async () => {
    const text = await new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () =>
        socket.write('what is this\r\n\r\n'),
      );
      socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('close', () => resolve(answer));
    });
    expect(text).to.match(/^HTTP\/1\.1 400 /);
  });
});
