import { expect } from 'chai';
import { hashPassword } from '../../src/access/password.ts';
import { Throttle } from '../../src/access/throttle.ts';
import { readUsers, type User, writeUsers } from '../../src/access/users-file.ts';
import { addUsers, ask, at, password } from '../support/console.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';

const code = (json: unknown): unknown => at(json, 'error', 'code');
const field = (json: unknown): unknown => at(json, 'error', 'field');

describe('console without users', () => {
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start();
  });
  after(() => service.stop());

  it('lets this machine act, and reveals nothing', async () => {
    const paused = await ask(service, '/targets/staff-csv/pause', { body: {} });
    expect([paused.status, at(paused.json, 'state')]).to.deep.equal([200, 'paused']);
    expect((await ask(service, '/targets/staff-csv/resume', { body: {} })).status).to.equal(200);
    const me = await ask(service, '/me');
    expect(me.json).to.include({ mayReveal: false, users: false, session: false });
  });

  it('refuses what came through a proxy, whatever the proxy calls itself', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip']) {
      const { status, json } = await ask(service, '/overview', { headers: { [header]: '203.0.113.7' } });
      expect([header, status, code(json)]).to.deep.equal([header, 403, 'local-only']);
      const page = await request(`${service.app.consoleUrl}/console/`, { method: 'GET', headers: { [header]: 'x' } });
      expect(page.status).to.equal(403);
      const health = await request(`${service.app.consoleUrl}/health/live`, {
        method: 'GET',
        headers: { [header]: 'x' },
      });
      expect(health.status).to.equal(200);
    }
  });

  it('goes by its own names only', async () => {
    const { port } = new URL(service.app.consoleUrl);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost@evil.example'])
      expect([host, (await ask(service, '/overview', { headers: { host } })).status]).to.deep.equal([host, 403]);
    for (const host of ['localhost', `localhost:${port}`, '127.0.0.1', `[::1]:${port}`, 'LOCALHOST'])
      expect([host, (await ask(service, '/overview', { headers: { host } })).status]).to.deep.equal([host, 200]);
    const page = await request(`${service.app.consoleUrl}/console/`, {
      method: 'GET',
      headers: { host: 'evil.example' },
    });
    expect(page.status).to.equal(403);
  });

  it('has no second way to an address: as it is written, and not kept by anybody', async () => {
    for (const path of [
      '/API/overview',
      '/Api/overview',
      '//api/overview',
      '/api%2foverview',
      '/console/../API/overview',
    ]) {
      const { status, text } = await request(`${service.app.consoleUrl}${path}`, { method: 'GET' });
      expect([path, status, text.includes('sentence')]).to.deep.equal([path, 404, false]);
    }
    expect((await ask(service, '/overview')).headers['cache-control']).to.equal('no-store');
  });

  it('takes no change that another page may have sent', async () => {
    const pause = (headers: Readonly<Record<string, string>>) =>
      ask(service, '/targets/staff-csv/pause', { body: {}, headers });
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect([headers, (await pause(headers)).status]).to.deep.equal([headers, 403]);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ])
      expect([type, (await pause({ 'content-type': type })).status]).to.deep.equal([type, 400]);
    const targets = await ask(service, '/targets');
    expect(at(targets.json, 'items', 0, 'state')).to.equal('active');
    const own = await pause({ origin: service.app.consoleUrl });
    expect(own.status).to.equal(200);
    await ask(service, '/targets/staff-csv/resume', { body: {} });
  });

  it('names the field of bad input, and shows nobody a stack', async () => {
    const cases: readonly [path: string, body: unknown, status: number, field: string | undefined][] = [
      ['/deliveries?limit=0', undefined, 400, 'limit'],
      ['/deliveries?limit=many', undefined, 400, 'limit'],
      ['/deliveries?state=lost', undefined, 400, 'state'],
      ['/deliveries?from=yesterday', undefined, 400, 'from'],
      ['/deliveries?cursor=nonsense', undefined, 400, 'cursor'],
      ['/deliveries?colour=red', undefined, 400, 'colour'],
      ['/deliveries?state=dead&state=pending', undefined, 400, 'state'],
      ['/deliveries/abc', undefined, 400, 'id'],
      ['/deliveries/999', undefined, 404, undefined],
      ['/events/999', undefined, 404, undefined],
      ['/bulk/999', undefined, 404, undefined],
      ['/people/999', undefined, 404, undefined],
      ['/targets/none/pause', {}, 404, undefined],
      ['/bulk', { action: 'explode', preview: true }, 400, 'action'],
      ['/bulk', { action: 'retry', filter: { state: 'dead' } }, 400, 'preview'],
      ['/bulk', { token: 'nonsense' }, 400, 'token'],
      ['/people/search', {}, 400, 'q'],
      ['/attention/seen', { ids: [] }, 400, 'ids'],
      ['/events?q=%D0%98%D0%B2%D0%B0%D0%BD', undefined, 400, 'q'],
      ['/nothing', undefined, 404, undefined],
    ];
    for (const [path, body, status, wrong] of cases) {
      const answer = await ask(service, path, body === undefined ? {} : { body });
      expect([path, answer.status, field(answer.json)]).to.deep.equal([path, status, wrong]);
      expect(answer.text).not.to.match(/node_modules|\.ts:\d|at Object/);
      expect(at(answer.json, 'error', 'text')).to.have.all.keys('ru', 'en');
    }
  });

  it('reads no body without bounds', async () => {
    const post = (body: Uint8Array) =>
      request(`${service.app.consoleUrl}/api/people/search`, { body, headers: { 'content-type': 'application/json' } });
    const deep = await post(Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)));
    expect(deep.status).to.equal(400);
    const nested = await post(Buffer.from(`{"q":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`));
    expect([nested.status, field(nested.json)]).to.deep.equal([400, 'body']);
    const large = await post(Buffer.from(`{"q":"${'x'.repeat(3_000_000)}"}`));
    expect(large.status).to.equal(413);
    const broken = await post(Buffer.from('{"q":'));
    expect([broken.status, field(broken.json)]).to.deep.equal([400, 'body']);
    const proto = await post(Buffer.from('{"__proto__":{"role":"admin"},"q":"x"}'));
    expect(proto.status).to.equal(400);
  });

  it('serves no file but those that were built', async () => {
    for (const path of [
      '/console/assets/..%2f..%2fpackage.json',
      '/console/assets/%2e%2e/%2e%2e/package.json',
      '/console/assets/../../config/connector.yaml',
      '/console/assets/....//package.json',
      '/console/assets/manifest.json',
      '/console/assets/%00',
    ]) {
      const { status, text } = await request(`${service.app.consoleUrl}${path}`, { method: 'GET' });
      expect([path, status >= 400 || text.startsWith('<!doctype html>')]).to.deep.equal([path, true]);
      expect(text).not.to.match(/"dependencies"|sources:/);
    }
  });
});

describe('console with users', () => {
  plainNetwork();
  let service: Service;
  let tokens: Awaited<ReturnType<typeof addUsers>>;

  let now = 1_800_000_000_000;

  before(async () => {
    service = await Service.start({ config: { console: { port: 0, users: './users.yaml' } } }, { now: () => now });
    tokens = await addUsers(service);
  });
  after(() => service.stop());

  const login = (user: string, word: string, headers: Readonly<Record<string, string>> = {}) =>
    ask(service, '/session', { body: { user, password: word }, headers });

  it('takes nobody who is not logged in', async () => {
    for (const path of ['/overview', '/me', '/nothing', '/openapi.json'])
      expect([path, (await ask(service, path)).status]).to.deep.equal([path, 401]);
    expect((await ask(service, '/overview', { token: 'x'.repeat(43) })).status).to.equal(401);
    expect((await ask(service, '/overview', { headers: { cookie: 'huntflow-connector=forged' } })).status).to.equal(
      401,
    );
  });

  it('logs in, knows who it is, and logs out', async () => {
    const { status, headers, json } = await login('operator', password);
    expect([status, at(json, 'role')]).to.deep.equal([200, 'operator']);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).to.include('HttpOnly').and.to.include('SameSite=Strict').and.not.to.include('Secure');
    const jar = { cookie: cookie.split(';')[0] ?? '' };
    expect((await ask(service, '/me', { headers: jar })).json).to.include({
      name: 'operator',
      session: true,
      mayReveal: true,
    });
    expect((await ask(service, '/session', { method: 'DELETE', headers: jar })).status).to.equal(200);
    expect((await ask(service, '/me', { headers: jar })).status).to.equal(401);
    const secure = await login('operator', password, { 'x-forwarded-proto': 'https' });
    expect(secure.headers['set-cookie']?.[0]).to.include('; Secure');
  });

  it('lets each role do what it may', async () => {
    const pause = (token: string) => ask(service, '/targets/staff-csv/pause', { body: {}, token });
    expect((await pause(tokens.viewer)).status).to.equal(403);
    expect((await pause(tokens.operator)).status).to.equal(200);
    const twice = await pause(tokens.admin);
    expect(twice.status).to.equal(409);
    expect(at(twice.json, 'error')).to.include({ state: 'paused', by: 'operator' });
    for (const path of ['retry', 'cancel', 'edit', 'choose', 'reveal'])
      expect([
        path,
        (await ask(service, `/deliveries/1/${path}`, { body: {}, token: tokens.viewer })).status,
      ]).to.deep.equal([path, 403]);
    const audit = await ask(service, '/audit?action=pause', { token: tokens.viewer });
    expect(at(audit.json, 'items', 0)).to.include({
      who: 'operator',
      from: 'token',
      action: 'pause',
    });
  });

  it('slows down whoever guesses, also many at once, and not the others', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, () => login('viewer', 'wrong password')));
    const statuses = guesses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).to.have.length.at.most(7);
    expect(statuses).to.include(429);
    const said = service.log.filter((line) => line.includes('a login to the console failed'));
    expect(said).to.have.length(1);
    expect(said[0]).not.to.include('viewer');
    expect((await login('viewer', password)).status).to.equal(429);
    expect((await login('author', password)).status).to.equal(200);
    expect((await login('nobody', 'wrong password')).status).to.equal(401);
  });

  const jarOf = ({ headers }: Awaited<ReturnType<typeof login>>) => ({
    cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '',
  });
  const statusOf = async (jar: Readonly<Record<string, string>>) =>
    (await ask(service, '/me', { headers: jar })).status;

  it('gives a session of its own with each login, and ends the one that the browser had', async () => {
    const planted = { cookie: `huntflow-connector=${'p'.repeat(43)}` };
    const first = jarOf(await login('operator', password, planted));
    expect(first.cookie).to.not.equal(planted.cookie);
    expect([await statusOf(planted), await statusOf(first)]).to.deep.equal([401, 200]);
    const elsewhere = jarOf(await login('operator', password));
    const second = jarOf(await login('author', password, first));
    expect([await statusOf(first), await statusOf(second), await statusOf(elsewhere)]).to.deep.equal([401, 200, 200]);
  });

  it('breaks on no cookie, whatever stands in it', async () => {
    for (const value of [
      '',
      '=',
      '"',
      'a'.repeat(9000),
      '%00',
      '\u00ff',
      'x; huntflow-connector=y',
      '__proto__',
      '{"$gt":""}',
    ])
      expect([value.slice(0, 20), await statusOf({ cookie: `huntflow-connector=${value}` })]).to.deep.equal([
        value.slice(0, 20),
        401,
      ]);
  });

  it('shuts nobody out of where he comes in from, whoever guesses elsewhere', async () => {
    const throttle = new Throttle(service.app.composition.database, () => now);
    const [home, elsewhere] = ['198.51.100.1', '203.0.113.9'];
    await throttle.begin('anna', home);
    await throttle.succeeded('anna', home);
    const guess = async (from: string) => {
      for (let tries = 0; tries < 7; tries += 1) await throttle.begin('anna', from);
      return throttle.begin('anna', from);
    };
    expect(await guess(elsewhere)).to.be.above(0);
    expect(await throttle.begin('anna', '192.0.2.1'), 'nor from a third place').to.be.above(0);
    expect(await throttle.begin('anna', home)).to.equal(0);
    await throttle.succeeded('anna', home);
    expect(await throttle.begin('anna', elsewhere), 'which forgives nobody').to.be.above(0);
    expect(await guess(home), 'nor is it a way around').to.be.above(0);
  });

  it('keeps no session alive by what a page asks by itself', async () => {
    const [left, used] = [jarOf(await login('operator', password)), jarOf(await login('operator', password))];
    for (let hours = 0; hours < 13; hours += 1) {
      now += 3_600_000;
      await ask(service, '/overview', { headers: { ...left, 'x-unattended': '1' } });
      await ask(service, '/overview', { headers: used });
    }
    expect([await statusOf(left), await statusOf(used)]).to.deep.equal([401, 200]);
  });

  it('lets another role hold at once, and ends sessions with the password and with the user', async () => {
    const file = service.workspace.path('config', 'users.yaml');
    const change = (more: (user: User) => readonly User[]): void =>
      writeUsers(
        file,
        (readUsers(file) ?? []).flatMap((user) => (user.name === 'admin' ? more(user) : [user])),
      );
    const jar = jarOf(await login('admin', password));
    const role = async () => at((await ask(service, '/me', { headers: jar })).json, 'role');
    expect(await role()).to.equal('admin');
    change((user) => [{ ...user, role: 'viewer' }]);
    await until('he is a viewer', async () => (await role()) === 'viewer');
    const paused = await ask(service, '/targets/staff-csv/resume', { body: {}, headers: jar });
    expect(paused.status).to.equal(403);
    const other = await hashPassword('another long password');
    change((user) => [{ ...user, password: other }]);
    await until('he is out', async () => (await statusOf(jar)) === 401);
    const again = jarOf(await login('admin', 'another long password'));
    expect(await statusOf(again)).to.equal(200);
    change(() => []);
    await until('he is out', async () => (await statusOf(again)) === 401);
  });

  it('keeps of secrets nothing but hashes', async () => {
    const { readFileSync, readdirSync } = await import('node:fs');
    const { headers } = await login('author', password);
    const secret = headers['set-cookie']?.[0]?.split(';')[0]?.split('=')[1] ?? '';
    expect(secret).to.have.length(43);
    for (const file of readdirSync(service.workspace.path('var')))
      if (file.startsWith('connector.db'))
        expect(readFileSync(service.workspace.path('var', file)).includes(secret)).to.equal(false);
    expect(readFileSync(service.workspace.path('config', 'users.yaml'), 'utf8')).not.to.include(tokens.author);
    expect(service.log.join('')).not.to.include(password);
  });
});
