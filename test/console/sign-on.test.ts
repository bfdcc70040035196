import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import Provider from 'oidc-provider';
import { writeUsers } from '../../src/access/users-file.ts';
import { ask, at } from '../support/console.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { type Answer, request } from '../support/request.ts';
import { Service } from '../support/service.ts';

/** Cookies of one browser, by address. */
class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  /** What it sends to an address. */
  cookies(url: string): string {
    return [...(this.#jars.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(url: string, method = 'GET', body = ''): Promise<Answer> {
    const { origin } = new URL(url);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    const answer = await request(url, {
      method,
      body: Buffer.from(body),
      headers: {
        cookie: this.cookies(url),
        ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Follows until an answer is no redirect. */
  async follow(url: string): Promise<{ readonly url: string; readonly answer: Answer }> {
    let here = url;
    for (let step = 0; step < 20; step += 1) {
      const answer = await this.get(here);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status >= 400 || location === undefined) return { url: here, answer };
      here = new URL(location, here).href;
    }
    throw new Error('the redirects never end');
  }
}

describe('single sign-on', function () {
  this.timeout(60_000);
  plainNetwork();
  let server: Server;
  let issuer: string;
  let service: Service;

  before(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${String(at(server.address(), 'port'))}`;
    service = await Service.start({
      config: {
        console: {
          port: 0,
          users: './users.yaml',
          oidc: { issuer, clientId: 'connector', clientSecret: 'secret-of-the-client', insecure: true },
        },
      },
    });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'connector',
          client_secret: 'secret-of-the-client',
          redirect_uris: [`${service.app.consoleUrl}/api/session/oidc/callback`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({
          sub: id,
          email: id,
          email_verified: id.startsWith('text') ? 'false' : !id.startsWith('unverified'),
        }),
      }),
      pkce: { required: () => true },
      features: { devInteractions: { enabled: true } },
    });
    server.on('request', provider.callback());
    const file = service.workspace.path('config', 'users.yaml');
    const user = (name: string) => ({ name, role: 'operator' as const, password: undefined, tokens: [] });
    writeUsers(file, [user('anna@firm.example'), user('unverified@firm.example'), user('text@firm.example')]);
  });

  after(async () => {
    await service.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Logs in at the provider and comes back. */
  async function signOn(browser: Browser, account: string, to = '/console/deliveries?state=dead') {
    const login = await browser.follow(`${service.app.consoleUrl}/api/session/oidc?to=${encodeURIComponent(to)}`);
    expect(login.url.startsWith(issuer)).to.equal(true);
    const posted = await browser.get(login.url, 'POST', `prompt=login&login=${encodeURIComponent(account)}&password=x`);
    const consent = await browser.follow(new URL(posted.headers.location ?? '', login.url).href);
    if (!consent.url.startsWith(issuer)) return consent;
    const agreed = await browser.get(consent.url, 'POST', 'prompt=consent');
    return browser.follow(new URL(agreed.headers.location ?? '', consent.url).href);
  }

  it('logs in whom the provider knows and the file names, and leads back to the page', async () => {
    const browser = new Browser();
    const { url } = await signOn(browser, 'anna@firm.example');
    expect(url).to.equal(`${service.app.consoleUrl}/console/deliveries?state=dead`);
    const me = await browser.get(`${service.app.consoleUrl}/api/me`);
    expect(me.json).to.include({ name: 'anna@firm.example', role: 'operator', session: true });
    expect(at((await ask(service, '/session')).json, 'ways')).to.deep.equal(['password', 'oidc']);
    // A further login ends the session before it, whose cookie does not come back from the provider.
    const before = browser.cookies(service.app.consoleUrl);
    await browser.follow(`${service.app.consoleUrl}/api/session/oidc`);
    expect((await ask(service, '/me', { headers: { cookie: before } })).status).to.equal(401);
    expect((await browser.get(`${service.app.consoleUrl}/api/me`)).status).to.equal(200);
  });

  it('lets in nobody whom the file does not name, nor by an address that is not verified', async () => {
    for (const account of ['stranger@firm.example', 'unverified@firm.example', 'text@firm.example']) {
      const browser = new Browser();
      const { answer } = await signOn(browser, account);
      expect([account, answer.status]).to.deep.equal([account, 403]);
      expect((await browser.get(`${service.app.consoleUrl}/api/me`)).status).to.equal(401);
    }
  });

  it('takes no answer that this browser did not ask for', async () => {
    const callback = `${service.app.consoleUrl}/api/session/oidc/callback`;
    expect((await new Browser().get(`${callback}?code=stolen&state=made-up`)).status).to.equal(400);
    const browser = new Browser();
    await browser.get(`${service.app.consoleUrl}/api/session/oidc`);
    expect((await browser.get(`${callback}?code=stolen&state=made-up`)).status).to.equal(401);
  });

  it('leads nowhere else', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '/console/\r\nSet-Cookie: a=b', '/api/session']) {
      const { url } = await signOn(new Browser(), 'anna@firm.example', to);
      expect([to, url]).to.deep.equal([to, `${service.app.consoleUrl}/console/`]);
    }
  });
});
