import { expect } from 'chai';
import nock from 'nock';
import { Rest } from '../../adapters/rest.ts';
import { adapterErrorKind } from '../../src/adapter.ts';
import { validate } from '../../src/files/validation.ts';
import { expectFitForPeople, failureOf } from '../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import { interceptedNetwork } from '../support/intercepted-network.ts';
import { closedPort, HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import type { RestRecord } from '../../adapters/rest/record.ts';
import type { AdapterTools, Finding } from '../../src/adapter.ts';

describe('Rest', () => {
  interceptedNetwork();
  let target: HttpStandIn;
  const open: Rest[] = [];

  beforeEach(async () => {
    target = await HttpStandIn.start();
  });

  afterEach(async () => {
    for (const rest of open.splice(0)) await rest.close();
    await target.stop();
  });

  function restWith(settings: Readonly<Record<string, unknown>> = {}, overrides: Partial<AdapterTools> = {}): Rest {
    const rest = new Rest(
      Rest.settings.cast({ baseUrl: `${target.url}/api`, ...settings }),
      toolsIn('/nowhere', overrides),
    );
    open.push(rest);
    return rest;
  }

  const employee: RestRecord = { path: '/employees', body: { name: 'Иванова Анна' } };

  it('posts JSON with the idempotency key and tells what went and came', async () => {
    target.answer = (_arrival, response) =>
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"id":7}');
    const delivery = deliveryOf(5, { idempotencyKey: 'abc-1' });
    const receipt = await restWith().deliver(employee, delivery);
    const [arrival] = target.arrivals;
    expect(arrival).to.include({ method: 'POST', url: '/api/employees', body: '{"name":"Иванова Анна"}' });
    expect(arrival?.headers).to.include({
      'content-type': 'application/json',
      'idempotency-key': 'abc-1',
      accept: 'application/json',
    });
    expect(arrival?.headers).not.to.have.property('authorization');
    expect(receipt).to.deep.equal({ summary: '201 Created' });
    expect(delivery.exchanges).to.deep.equal([
      {
        request: { summary: 'POST /employees', body: { name: 'Иванова Анна' } },
        response: { summary: '201 Created', body: '{"id":7}' },
      },
    ]);
  });

  it('sends method, query and headers of the record', async () => {
    await restWith({ headers: { 'X-Api-Key': 'k1', 'X-Kind': 'settings' } }).deliver(
      {
        method: 'DELETE',
        path: 'employees/17',
        query: { why: 'уволен', none: null },
        headers: { 'x-kind': 'record', 'X-Count': 2, 'X-None': null },
      },
      deliveryOf(1),
    );
    const [arrival] = target.arrivals;
    expect(arrival).to.include({
      method: 'DELETE',
      url: '/api/employees/17?why=%D1%83%D0%B2%D0%BE%D0%BB%D0%B5%D0%BD',
      body: '',
    });
    expect(arrival?.headers).to.include({ 'x-api-key': 'k1', 'x-kind': 'record', 'x-count': '2' });
    expect(arrival?.headers).not.to.have.any.keys('x-none', 'content-type');
  });

  it('sends no body for null', async () => {
    await restWith().deliver({ path: '/ping', body: null }, deliveryOf(1));
    expect(target.arrivals[0]?.body).to.equal('');
  });

  it('shows no segment that may be a name, a phone or a number of a person', async () => {
    const delivery = deliveryOf(1);
    await restWith().deliver(
      { method: 'PUT', path: '/people/Иванова Анна/770123456789/a@b.example/card-17' },
      delivery,
    );
    expect(delivery.exchanges[0]?.request.summary).to.equal('PUT /people/…/…/…/card-17');
  });

  it('keeps text answers, cut', async () => {
    target.answer = (_arrival, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'.repeat(10_000));
    const delivery = deliveryOf(1);
    await restWith().deliver(employee, delivery);
    expect(delivery.exchanges[0]?.response?.body).to.be.a('string').with.length(8192);
  });

  describe('credentials', () => {
    const authorizationWith = async (auth: unknown): Promise<string | undefined> => {
      await restWith({ auth }).deliver(employee, deliveryOf(1));
      return target.arrivals.at(-1)?.headers.authorization;
    };

    it('are a bearer token or a user with a password in UTF-8, and none when the token is empty', async () => {
      expect(await authorizationWith({ bearer: 'geheim' })).to.equal('Bearer geheim');
      expect(await authorizationWith({ user: 'Обмен', password: 'п' })).to.equal(
        `Basic ${Buffer.from('Обмен:п').toString('base64')}`,
      );
      expect(await authorizationWith({ bearer: '' })).to.equal(undefined);
      expect(await authorizationWith({ user: '', password: '' })).to.equal(undefined);
    });

    it('cannot be replaced by a record, nor can the idempotency key', async () => {
      for (const name of ['Authorization', 'idempotency-KEY', 'Host', 'Content-Length', 'Cookie']) {
        const record = { ...employee, headers: { [name]: 'geheim' } };
        expect(
          validate(Rest.record, record).problems.map((problem) => problem.path),
          name,
        ).to.deep.equal([['headers', name]]);
        const error = await failureOf(restWith({ auth: { bearer: 'x' } }).deliver(record, deliveryOf(1)));
        expect(adapterErrorKind(error)).to.equal('rejected');
        expectFitForPeople(error, ['geheim']);
      }
      expect(target.arrivals).to.have.length(0);
    });

    it('do not follow a redirect', async () => {
      const other = await HttpStandIn.start();
      target.answer = (_arrival, response) => response.writeHead(307, { Location: `${other.url}/api/employees` }).end();
      const error = await failureOf(restWith({ auth: { bearer: 'geheim' } }).deliver(employee, deliveryOf(1)));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('307').and.include('mend the address');
      expect(other.arrivals).to.have.length(0);
      await other.stop();
    });
  });

  it('puts nothing on the wire for a path that leaves the base URL or a header that cannot be sent', async () => {
    const wrong: readonly RestRecord[] = [
      { path: '//evil.example/x' },
      { path: '/../admin' },
      { path: '/%2e%2e/admin' },
      { path: 'https://evil.example' },
      { path: '/a?b=Иванова' },
      { path: '/a', headers: { 'X-Name': 'Иванова' } },
      { path: '/a', headers: { 'X-Name': 'a\r\nb' } },
      { path: '/a', query: { q: '\ud800' } },
    ];
    for (const record of wrong) {
      const delivery = deliveryOf(1);
      const error = await failureOf(restWith().deliver(record, delivery));
      expect(adapterErrorKind(error)).to.equal('rejected');
      expectFitForPeople(error, ['Иванова', 'evil']);
      expect(delivery.exchanges).to.have.length(0);
    }
    expect(target.arrivals).to.have.length(0);
  });

  describe('an answer', () => {
    const answers: readonly (readonly [number, string])[] = [
      [401, 'unavailable'],
      [404, 'rejected'],
      [409, 'rejected'],
      [422, 'rejected'],
      [500, 'unavailable'],
      [302, 'rejected'],
    ];
    for (const [status, kind] of answers) {
      it(`${status} is ${kind}, kept with the attempt, its body in no error text`, async () => {
        target.answer = (_arrival, response) => response.writeHead(status).end('{"error":"Иванова"}');
        const delivery = deliveryOf(1);
        const error = await failureOf(restWith().deliver(employee, delivery));
        expect(adapterErrorKind(error)).to.equal(kind);
        expectFitForPeople(error, ['Иванова']);
        expect(delivery.exchanges[0]?.response?.body).to.equal('{"error":"Иванова"}');
      });
    }

    it('passes on when the target wants to be asked again, by the injected clock', async () => {
      const now = Date.UTC(2026, 10, 21, 9, 0, 0);
      target.answer = (_arrival, response) =>
        response.writeHead(429, { 'Retry-After': new Date(now + 90_000).toUTCString() }).end();
      const error = await failureOf(restWith({}, { now: () => now }).deliver(employee, deliveryOf(1)));
      expect(error.retryAfter).to.equal(90);
    });
  });

  describe('200 is not always yes:', () => {
    const answerWith = (status: number, body: string, headers: Record<string, string> = {}): void => {
      target.answer = (_arrival, response) => response.writeHead(status, headers).end(body);
    };
    const kindWith = async (tools: Partial<AdapterTools>, method: 'POST' | 'PUT' = 'POST'): Promise<string> => {
      try {
        await restWith({}, tools).deliver({ ...employee, method }, deliveryOf(1));
        return 'delivered';
      } catch (error) {
        return adapterErrorKind(error) ?? 'unforeseen';
      }
    };
    const ok = { success: { when: 'answer.ok = true' } };

    it('a formula over the answer decides', async () => {
      answerWith(200, '{"ok":true}');
      expect(await kindWith(ok)).to.equal('delivered');
      answerWith(200, '{"ok":false,"error":"Работник уже принят"}');
      expect(await kindWith(ok)).to.equal('rejected');
      answerWith(200, 'accepted');
      expect(
        await kindWith({ success: { when: 'answer = "accepted" and $exists(headers) and status = 200' } }),
      ).to.equal('delivered');
    });

    it('an answer that says neither yes nor no leaves the outcome unknown', async () => {
      const unclear: readonly (readonly [string, Record<string, string>, string])[] = [
        ['<!DOCTYPE html><title>Sign in</title>', {}, 'answer.ok = true'],
        ['{"ok":true}', { 'content-type': 'text/html; charset=utf-8' }, 'answer.ok = true'],
        ['', {}, 'answer.ok = true'],
        ['{"ok":true}', {}, 'answer.ok'.repeat(1) + '.missing'],
        ['{"ok":true}', {}, '$error("no")'],
        ['{"ok":"yes"}', {}, 'answer.ok'],
        [`${'['.repeat(200)}${']'.repeat(200)}`, {}, 'true'],
        [`"${'x'.repeat(300_000)}"`, {}, 'true'],
        ['{"ok":true}', {}, '($f := function($n) { $f($n + 1) }; $f(1))'],
      ];
      for (const [body, headers, when] of unclear) {
        answerWith(200, body, headers);
        expect(await kindWith({ success: { when } }), `${when} ${body.slice(0, 40)}`).to.equal('uncertain');
        expect(await kindWith({ success: { when } }, 'PUT'), `${when} ${body.slice(0, 40)}`).to.equal('unavailable');
      }
    });

    it('statuses that the operators do not count are refusals, those that they count are none', async () => {
      answerWith(202, '{}');
      expect(await kindWith({ success: { status: [200, 201] } })).to.equal('rejected');
      answerWith(409, '{}');
      expect(await kindWith({ success: { status: [201, 409] } })).to.equal('delivered');
      answerWith(500, '{"ok":true}');
      expect(await kindWith(ok)).to.equal('unavailable');
    });

    it('a page for people is told of', async () => {
      answerWith(200, '<html><form action="/login"></form></html>');
      const receipt = await restWith().deliver(employee, deliveryOf(1));
      expect(receipt.warnings?.[0]).to.have.property('en').that.includes('HTML page');
      // A login form in front of the target may have swallowed it: somebody has to look.
      expect(receipt.attention).to.deep.equal(receipt.warnings);
    });

    it('retry.statuses says what is temporary and what is final', async () => {
      answerWith(409, '{}');
      expect(await kindWith({ statuses: { 409: 'later' } })).to.equal('unavailable');
      answerWith(500, '{}');
      expect(await kindWith({ statuses: { 500: 'never' } })).to.equal('rejected');
    });

    it('an error names code and field of the answer and nothing else of it', async () => {
      answerWith(422, '{"error":"unknown_department","field":"department","message":"Иванова Анна"}');
      const error = await failureOf(restWith().deliver(employee, deliveryOf(1)));
      expect(error).to.include({ code: 'unknown_department', field: 'department' });
      expect(error.text.en).to.include('422 Unprocessable Entity (code unknown_department, field department) and');
      expect(error.text.ru).to.include('422 Unprocessable Entity (код unknown_department, поле department) и запись');
      expectFitForPeople(error, ['Иванова', 'Анна']);
      answerWith(422, '{"error":"ivanova","field":"Иванова","code":79001234567}');
      expect(await failureOf(restWith().deliver(employee, deliveryOf(1)))).to.include({
        code: undefined,
        field: undefined,
      });
    });

    it('a conflict and a target that asks for time are told as such', async () => {
      answerWith(409, '{}', { 'retry-after': '5' });
      const conflict = await failureOf(restWith().deliver(employee, deliveryOf(1)));
      expect(conflict).to.include({ conflict: true, retryAfter: 5 });
      expect(conflict.text.en).to.include('may have this record already');
      for (const [status, holds] of [
        [429, 'target'],
        [503, 'target'],
        [502, undefined],
      ] as const) {
        answerWith(status, '', { 'retry-after': '5' });
        expect(await failureOf(restWith().deliver(employee, deliveryOf(1)))).to.include({ holds, retryAfter: 5 });
      }
    });
  });

  describe('after a 2xx nothing throws:', () => {
    const deep = (levels: number): string => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2);
    const answers: readonly (readonly [string, string | Buffer, Record<string, string>])[] = [
      ['3,000 levels', deep(3000), {}],
      ['1,000,000 levels', deep(1_000_000), {}],
      ['XML of 100,000 levels', '<a>'.repeat(100_000), { 'content-type': 'application/xml' }],
      ['a list of a million', `[${'1,'.repeat(1_000_000)}1]`, {}],
      ['halves of characters and U+0000', String.raw`{"a":"\ud800\u0000"}`, {}],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc0, 0x80]), {}],
      ['a charset that does not exist', '{}', { 'content-type': 'application/json; charset=klingon' }],
      [
        'a charset that is another',
        Buffer.from([0xff, 0xfe, 0x7b]),
        { 'content-type': 'application/json; charset=utf-16le' },
      ],
      ['100 MB', Buffer.alloc(100 * 1024 * 1024, 'x'), {}],
    ];
    for (const [name, body, headers] of answers) {
      it(name, async () => {
        target.answer = (_arrival, response) => response.writeHead(201, headers).end(body);
        const delivery = deliveryOf(1);
        const receipt = await restWith({}, { timeout: 10_000 }).deliver(employee, delivery);
        expect(receipt.summary).to.equal('201 Created');
        expect(String(delivery.exchanges[0]?.response?.body).length).to.be.below(8193);
      });
    }
  });

  it('is uncertain when the answer to a POST is lost, and notes what was sent', async () => {
    target.answer = (_arrival, _response, socket) => socket.destroy();
    const delivery = deliveryOf(1);
    const error = await failureOf(restWith().deliver(employee, delivery));
    expect(adapterErrorKind(error)).to.equal('uncertain');
    expect(delivery.exchanges).to.have.length(1);
    expect(delivery.exchanges[0]).not.to.have.property('response');
  });

  it('is uncertain when the target hangs longer than the timeout', async () => {
    target.answer = () => {};
    const error = await failureOf(restWith({}, { timeout: 1_000 }).deliver(employee, deliveryOf(1)));
    expect(adapterErrorKind(error)).to.equal('uncertain');
  });

  it('speaks to an outside API', async () => {
    nock('https://intranet.example', { reqheaders: { authorization: 'Bearer t' } })
      .post('/api/employees', { name: 'Иванова Анна' })
      .reply(200, {});
    expect(
      await restWith({ baseUrl: 'https://intranet.example/api', auth: { bearer: 't' } }).deliver(
        employee,
        deliveryOf(1),
      ),
    ).to.deep.equal({ summary: '200 OK' });
  });

  describe('check', () => {
    const check = async (rest: Rest, record: unknown = { path: '/employees' }): Promise<Finding[]> =>
      rest.check({ mappings: [{ name: 'hire', record }], signal: new AbortController().signal });

    it('asks with HEAD and credentials, and any answer of the API will do', async () => {
      for (const status of [200, 404, 405]) {
        target.answer = (_arrival, response) => response.writeHead(status).end();
        expect(await check(restWith({ auth: { bearer: 'x' } })), String(status)).to.deep.equal([]);
      }
      expect(target.arrivals[0]).to.include({ method: 'HEAD', url: '/api' });
      expect(target.arrivals[0]?.headers.authorization).to.equal('Bearer x');
    });

    it('finds wrong credentials, a moved address, a broken server', async () => {
      for (const status of [401, 403, 301, 302, 503]) {
        target.answer = (_arrival, response) => response.writeHead(status).end();
        expect(
          (await check(restWith())).map((finding) => finding.level),
          String(status),
        ).to.deep.equal(['error']);
      }
    });

    it('finds that nobody answers', async () => {
      const [finding] = await check(restWith({ baseUrl: `http://127.0.0.1:${await closedPort()}` }));
      expect(finding?.level).to.equal('error');
    });

    it('finds a written path that leaves the base URL, and leaves formulas alone', async () => {
      const [finding] = await check(restWith(), { path: '/../x' });
      expect(finding).to.deep.include({ level: 'error', mapping: 'hire', path: ['path'] });
      expect(await check(restWith(), { path: '="/a?" & x' })).to.deep.equal([]);
    });
  });

  describe('settings', () => {
    const faults = (settings: Readonly<Record<string, unknown>>): number =>
      validate(Rest.settings, { baseUrl: 'https://intranet.example/api', ...settings }).problems.length;

    it('take an address and one kind of credentials', () => {
      for (const right of [
        {},
        { auth: { bearer: '' } },
        { auth: { bearer: 'a.b-c' } },
        { auth: { user: 'u', password: 'p' } },
        { headers: { 'X-Api-Key': 'k' } },
      ]) {
        expect(faults(right), JSON.stringify(right)).to.equal(0);
      }
    });

    it('refuse what would fail later or leak', () => {
      const wrong = [
        { baseUrl: 'ftp://a.example' },
        { baseUrl: '/api' },
        { baseUrl: 'https://u:p@a.example' },
        { baseUrl: 'https://u@a.example' },
        { baseUrl: 'https://a.example/?x=1' },
        { auth: { bearer: 'a', user: 'b', password: 'c' } },
        { auth: { bearer: 'a b' } },
        { auth: { user: 'a:b' } },
        { auth: { token: 'x' } },
        { headers: { Host: 'x' } },
        { headers: 'x' },
        { proxy: 'x' },
      ];
      for (const settings of wrong) expect(faults(settings), JSON.stringify(settings)).to.equal(1);
    });

    it('are never quoted in a fault', () => {
      const { problems } = validate(Rest.settings, {
        baseUrl: 'https://user:geheim@a.example',
        auth: { bearer: 'geheim geheim' },
      });
      expect(problems).to.have.length(2);
      expect(JSON.stringify(problems)).not.to.include('geheim');
    });
  });

  it('takes the method that is written and no other', () => {
    expect(validate(Rest.record, { path: '/a' }).value).to.include({ method: 'POST' });
    for (const wrong of [
      { path: '/a', method: 'GET' },
      { path: '/a', method: 'post' },
      { method: 'POST' },
      { path: '/a', query: { a: { b: 1 } } },
      { path: '/a', url: '/b' },
    ]) {
      expect(validate(Rest.record, wrong).problems, JSON.stringify(wrong)).to.have.length(1);
    }
  });
});
