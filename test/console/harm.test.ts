import { createServer, type Server } from 'node:http';
import http from 'node:http';
import { expect } from 'chai';
import { Sessions } from '../../src/access/sessions.ts';
import { Throttle } from '../../src/access/throttle.ts';
import { readUsers, writeUsers } from '../../src/access/users-file.ts';
import { stampOf } from '../../src/access/users.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { launchBrowser } from '../support/browser.ts';
import { ConsoleBrowser } from '../support/console-page.ts';
import { addUsers, ask, at, password } from '../support/console.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { expectDescribed } from '../support/described.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { postWebhook } from '../support/webhook.ts';

const script = '<img src=x onerror=alert(1)>';
const phone = '+7 900 555-01-01';

const mapping = `mapping: hire-to-intranet
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: intranet
order: none
record: { path: /employees, body: { name: =applicant.last_name, phone: =applicant.phone } }
`;

/** A hire of somebody whose name is a script. */
function hire(id: number): JsonObject {
  const text = JSON.stringify(fixture('facts/04-status-hired').document);
  const document: JsonObject & { meta: object; event: { applicant: object } } = JSON.parse(text);
  Object.assign(document.meta, { event_id: `harm-${id}` });
  Object.assign(document.event.applicant, { id, last_name: script, phone });
  return document;
}

describe('console, where somebody means harm', function () {
  this.timeout(60_000);
  plainNetwork();
  let target: Server;
  let service: Service;
  let tokens: Awaited<ReturnType<typeof addUsers>>;
  let users: string;

  before(async () => {
    target = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'text/html' }).end(`<script>alert(2)</script> ${phone}`);
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${String(at(target.address(), 'port'))}`;
    service = await Service.start({
      config: {
        console: { port: 0, users: './users.yaml' },
        targets: { intranet: { adapter: 'rest', settings: { baseUrl } } },
      },
      mappings: { 'hire-to-intranet.yaml': mapping },
    });
    tokens = await addUsers(service);
    users = service.workspace.path('config', 'users.yaml');
    for (const id of [501, 502, 503]) await postWebhook(service.url, hire(id));
    await until('all are dead', async () => {
      const { json } = await ask(service, '/deliveries?state=dead', { token: tokens.viewer });
      return at(json, 'items', 2) !== undefined;
    });
  });

  after(async () => {
    await service.stop();
    await new Promise((resolve) => target.close(resolve));
  });

  it('sends scripts as data only, and shows a viewer neither the name nor what the target answered', async () => {
    const { headers, text } = await ask(service, '/deliveries/1', { token: tokens.viewer });
    expect(headers['content-type']).to.equal('application/json; charset=utf-8');
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(text).not.to.include('onerror').and.not.to.include('alert(2)').and.not.to.include(phone);
    const refused = await ask(service, `/targets/${encodeURIComponent(script)}/pause`, {
      body: {},
      token: tokens.operator,
    });
    expect([refused.status, refused.headers['content-type']]).to.deep.equal([404, 'application/json; charset=utf-8']);
    const page = await request(`${service.app.consoleUrl}/console/${encodeURIComponent(script)}?q=${script}`, {
      method: 'GET',
    });
    expect(page.text).not.to.include('onerror');
    expect(page.headers['content-security-policy']).to.include("default-src 'self'").and.not.to.include('unsafe');
  });

  it('reveals to a real user, with an entry in the audit, and masks again afterwards', async () => {
    const before = await ask(service, '/audit?action=reveal', { token: tokens.viewer });
    expect(at(before.json, 'items')).to.deep.equal([]);
    const { status, json, text } = await ask(service, '/deliveries/1/reveal', { body: {}, token: tokens.operator });
    expect([status, at(json, 'record', 'body', 'name')]).to.deep.equal([200, script]);
    const described = (await ask(service, '/openapi.json', { token: tokens.viewer })).json;
    expectDescribed(described, 'post', '/deliveries/{id}/reveal', json);
    expect(text).to.include('alert(2)').and.to.include(phone);
    expect((await ask(service, '/deliveries/1', { token: tokens.operator })).text).not.to.include(phone);
    const { json: audit } = await ask(service, '/audit?action=reveal', { token: tokens.viewer });
    expect(at(audit, 'items', 0)).to.include({ who: 'operator', from: 'token' });
    expect(at(audit, 'items', 0, 'on')).to.deep.equal(['delivery/1']);
    expect(at(audit, 'items', 1)).to.equal(undefined);
    expect(service.log.join('')).not.to.include(phone);
  });

  it('runs no script in the page, neither of a name nor of an answer, also revealed', async () => {
    const login = await ask(service, '/session', { body: { user: 'operator', password } });
    const value = /=([^;]*)/.exec(login.headers['set-cookie']?.[0] ?? '')?.[1] ?? '';
    const browser = await launchBrowser();
    try {
      const operator = await ConsoleBrowser.open(browser, service.app.consoleUrl);
      const dialogs: string[] = [];
      operator.context.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      await operator.context.addCookies([{ name: 'huntflow-connector', value, url: service.app.consoleUrl }]);
      const page = await operator.tab('deliveries/1');
      await page.getByRole('button', { name: 'Показать личные данные…' }).click();
      await page.getByRole('button', { name: 'Показать личные данные', exact: true }).click();
      await page.getByText(phone).first().waitFor();
      expect(await page.locator('body').textContent()).to.include(script);
      for (const address of ['deliveries', 'events/1', 'people/501', 'causes']) {
        await page.goto(`${service.app.consoleUrl}/console/${address}`);
        await page.locator('main').waitFor();
        expect(await page.locator('img[src=x], #page script').count()).to.equal(0);
      }
      expect(dialogs).to.deep.equal([]);
      expect(operator.complaints.filter((said) => !said.includes('404'))).to.deep.equal([]);
      await operator.close();
    } finally {
      await browser.close();
    }
  });

  it('aborts a bulk, once, and says who was faster', async () => {
    const wanted = { action: 'retry', filter: { state: 'dead' }, pace: 1, preview: true };
    const preview = await ask(service, '/bulk', { body: wanted, token: tokens.operator });
    const token = at(preview.json, 'token');
    expect((await ask(service, '/bulk', { body: { token }, token: tokens.admin })).status).to.equal(400);
    const bulk = await ask(service, '/bulk', { body: { token }, token: tokens.operator });
    const path = `/bulk/${String(at(bulk.json, 'id'))}/abort`;
    expect((await ask(service, path, { body: {}, token: tokens.viewer })).status).to.equal(403);
    const aborted = await ask(service, path, { body: {}, token: tokens.admin });
    expect([aborted.status, at(aborted.json, 'state')]).to.deep.equal([200, 'aborted']);
    expect(at(aborted.json, 'left')).to.be.above(0);
    const described = (await ask(service, '/openapi.json', { token: tokens.viewer })).json;
    expectDescribed(described, 'post', '/bulk/{id}/abort', aborted.json);
    const again = await ask(service, path, { body: {}, token: tokens.admin });
    expect([again.status, at(again.json, 'error', 'state')]).to.deep.equal([409, 'aborted']);
    const { json: audit } = await ask(service, '/audit?who=admin', { token: tokens.viewer });
    expect(JSON.stringify(audit)).to.include('abort');
  });

  it('takes no change of a page of another port of this machine', async () => {
    for (const [site, status] of [
      ['same-site', 403],
      ['cross-site, same-origin', 403],
      ['same-origin', 200],
      ['none', 200],
    ] as const) {
      const { status: answered } = await ask(service, '/people/search', {
        body: { q: '501' },
        token: tokens.viewer,
        headers: { 'sec-fetch-site': site },
      });
      expect([site, answered]).to.deep.equal([site, status]);
    }
  });

  it('writes no header that somebody else thought of', async () => {
    const evil = '%0d%0aSet-Cookie:%20evil=1%0d%0aX-Evil:%201';
    for (const path of [`/${evil}`, `/console/${evil}`, `/console/assets/${evil}`, `/api/targets/${evil}/pause`]) {
      const { headers } = await request(`${service.app.consoleUrl}${path}`, { method: 'GET' });
      expect([path, headers['set-cookie'], headers['x-evil']]).to.deep.equal([path, undefined, undefined]);
    }
    const { status, headers } = await ask(service, '/session', {
      body: { user: 'viewer\r\nSet-Cookie: evil=1', password },
      headers: { 'x-forwarded-proto': 'https; evil' },
    });
    expect([status, headers['set-cookie']]).to.deep.equal([401, undefined]);
    for (const path of ['//evil.example', '//evil.example/console', '/%5cevil.example', '/console//evil.example']) {
      const answer = await request(`${service.app.consoleUrl}${path}`, { method: 'GET' });
      expect([path, answer.headers.location]).to.deep.equal([path, undefined]);
    }
  });

  it('lets nobody wait for somebody else who guesses through the same proxy', async () => {
    const login = (user: string, word: string, from: string) =>
      ask(service, '/session', { body: { user, password: word }, headers: { 'x-forwarded-for': from } });
    const { database, now } = service.app.composition;
    const throttle = new Throttle(database, now);
    // What logins that fail do, without the price of a password each.
    for (let guess = 0; guess < 55; guess += 1) await throttle.begin(`guess-${guess}`, '203.0.113.7');
    expect((await login('author', password, 'made-up, 203.0.113.7')).status).to.equal(429);
    expect((await login('author', password, '203.0.113.7, 198.51.100.9')).status).to.equal(200);
  });

  it('knows nobody by the session of a namesake who was removed before', async () => {
    const config = ['--config', service.workspace.path('config', 'connector.yaml')];
    const name = 'ivan@firm.example';
    const add = () => command(['user', 'add', name, '--role', 'operator', '--sso', ...config]);
    const me = async (secret: string) =>
      (await ask(service, '/me', { headers: { cookie: `huntflow-connector=${secret}` } })).status;
    expect((await add()).code).to.equal(0);
    const ivan = readUsers(users)?.find((each) => each.name === name);
    const sessions = new Sessions(service.app.composition.database, service.app.composition.now);
    const secret = await sessions.open(name, ivan === undefined ? '' : stampOf(ivan));
    await until('he is in', async () => (await me(secret)) === 200);
    expect((await command(['user', 'add', name, '--role', 'viewer', '--sso', ...config])).code).to.equal(0);
    await until('he is a viewer', async () => {
      const { json } = await ask(service, '/me', { headers: { cookie: `huntflow-connector=${secret}` } });
      return at(json, 'role') === 'viewer';
    });
    await command(['user', 'remove', name, ...config]);
    await add();
    await until('he is out', async () => (await me(secret)) === 401);
  });

  it('ends the stream of whoever logs out, and knows the cookie no more', async () => {
    const login = await ask(service, '/session', { body: { user: 'operator', password } });
    const cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const stream = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get(`${service.app.consoleUrl}/api/stream`, { headers: { cookie } }, resolve).on('error', reject);
    });
    let ended = false;
    stream
      .on('error', () => undefined)
      .on('close', () => (ended = true))
      .resume();
    expect((await ask(service, '/session', { method: 'DELETE', headers: { cookie } })).status).to.equal(200);
    await until('the stream is over', () => ended);
    expect((await ask(service, '/me', { headers: { cookie } })).status).to.equal(401);
  });

  it('ends the streams of whoever is removed, and gives nobody all of them', async () => {
    const open = () =>
      new Promise<http.IncomingMessage>((resolve, reject) => {
        const headers = { authorization: `Bearer ${tokens.viewer}` };
        http.get(`${service.app.consoleUrl}/api/stream`, { headers }, resolve).on('error', reject);
      });
    const streams = await Promise.all(Array.from({ length: 45 }, () => open()));
    expect(streams.filter(({ statusCode }) => statusCode === 429)).to.have.length(5);
    let ended = 0;
    for (const stream of streams)
      stream
        .on('error', () => undefined)
        .on('close', () => (ended += 1))
        .resume();
    expect((await ask(service, '/me', { token: tokens.operator })).status).to.equal(200);
    writeUsers(
      users,
      (readUsers(users) ?? []).filter(({ name }) => name !== 'viewer'),
    );
    await until('he is out', async () => (await ask(service, '/me', { token: tokens.viewer })).status === 401);
    await until('no stream is open', async () => {
      await ask(service, '/targets/intranet/pause', { body: {}, token: tokens.operator });
      await ask(service, '/targets/intranet/resume', { body: {}, token: tokens.operator });
      return ended === streams.length;
    });
  });
});
