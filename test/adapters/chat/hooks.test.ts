import { expect } from 'chai';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { Slack } from '../../../adapters/slack.ts';
import { adapterErrorKind, UnavailableError } from '../../../src/adapter.ts';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { failureOf } from '../../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';

let now = Date.UTC(2026, 10, 28, 9);
const tools = () => toolsIn('/nowhere', { now: () => now, timeout: 2000 });

describe('incoming webhooks', () => {
  let server: HttpStandIn;
  let answer: { readonly status: number; readonly body: string } = { status: 200, body: 'ok' };

  before(async () => {
    server = await HttpStandIn.start((_arrival, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json', 'retry-after': '7' }).end(answer.body);
    });
  });

  beforeEach(() => {
    now += 60_000;
  });

  after(() => server.stop());

  const attempt = async (path: string, to = '-', text = 'x'): Promise<unknown> => {
    const hook = new Mattermost(Mattermost.settings.cast({ webhook: `${server.url}${path}` }), tools());
    try {
      return await hook.deliver({ to, text, link: { url: 'https://hf.example/a(b)', text: 'a]b' } }, deliveryOf(1));
    } finally {
      await hook.close();
    }
  };
  const kindOf = async (path: string, to?: string): Promise<unknown> =>
    adapterErrorKind(await failureOf(attempt(path, to)));

  const mattermost = [
    [400, 'web.incoming_webhook.invalid.app_error', 'unavailable'],
    [404, 'store.sql_webhooks.get_incoming.app_error', 'unavailable'],
    [501, 'web.incoming_webhook.disabled.app_error', 'unavailable'],
    [403, 'web.incoming_webhook.permissions.app_error', 'unavailable'],
    [403, 'web.incoming_webhook.channel_locked.app_error', 'rejected'],
    [404, 'web.incoming_webhook.channel.app_error', 'rejected'],
    [400, 'web.incoming_webhook.user.app_error', 'rejected'],
    [400, 'web.incoming_webhook.parse.app_error', 'rejected'],
    [400, 'web.incoming_webhook.text.app_error', 'rejected'],
    [500, 'web.incoming_webhook.general.app_error', 'unavailable'],
  ] as const;
  for (const [status, id, kind] of mattermost) {
    it(`are ${kind} when Mattermost answers ${status} ${id}`, async () => {
      answer = { status, body: JSON.stringify({ id, message: 'no', status_code: status }) };
      expect(await kindOf('/hooks/geheim', 'town')).to.equal(kind);
    });
  }

  const rocket = [
    [400, { success: false, error: 'invalid-channel' }, 'rejected'],
    [400, { success: false, error: 'Overriding the channel is not permitted' }, 'rejected'],
    [400, { success: false, error: 'error-message-size-exceeded' }, 'rejected'],
    [200, { success: true, responses: [{ channel: '#x', error: 'channel not found' }] }, 'rejected'],
    [503, { success: false, error: 'Integration is disabled' }, 'unavailable'],
    [401, { success: false, error: 'Invalid integration id or token provided.' }, 'unavailable'],
    [429, { success: false, error: 'Error, too many requests. [error-too-many-requests]' }, 'unavailable'],
    [400, { success: false, error: 'Error, too many requests. [error-too-many-requests]' }, 'unavailable'],
  ] as const;
  for (const [status, body, kind] of rocket) {
    it(`are ${kind} when Rocket.Chat answers ${status} ${JSON.stringify(body)}`, async () => {
      answer = { status, body: JSON.stringify(body) };
      expect(await kindOf('/hooks/65a/geheim', '#x')).to.equal(kind);
    });
  }

  it('of Rocket.Chat name a code and nothing else that it said', async () => {
    answer = {
      status: 400,
      body: JSON.stringify({ success: false, error: 'Иванова is no member [error-not-in-room]' }),
    };
    const said = String(await failureOf(attempt('/hooks/65a/geheim')));
    expect(said).to.include('error-not-in-room').and.not.include('member').and.not.include('geheim');
  });

  it('of Rocket.Chat get text that its grammar takes for text: it knows no backslashes', async () => {
    answer = { status: 200, body: '{"success":true}' };
    await attempt('/hooks/65a/geheim', '-', '*Иванова* @all #general :tada: <b> a_b@x.example [x](y)');
    const { text, channel } = JSON.parse(server.arrivals.at(-1)?.body ?? '');
    expect(channel).to.equal(undefined);
    expect(text).to.equal(
      '∗Иванова∗ @\u200ball #\u200bgeneral :\u200btada:\u200b <\u200bb> a_b@\u200bx.example [x]\u200b(y)\n' +
        '[a b](https://hf.example/a%28b%29)',
    );
    await attempt('/hooks/65a/geheim', '#hr', 'слово '.repeat(2000));
    expect(JSON.parse(server.arrivals.at(-1)?.body ?? '').text).to.have.length.at.most(5000);
    expect(JSON.parse(server.arrivals.at(-1)?.body ?? '').channel).to.equal('#hr');
  });

  it('of Slack hold the whole target: they have one channel, whatever `to` says', async () => {
    answer = { status: 429, body: '' };
    const slack = new Slack(Slack.settings.cast({ webhook: `${server.url}/services/T/B/geheim` }), tools());
    const error = await failureOf(slack.deliver({ to: '-', text: 'x' }, deliveryOf(1)));
    expect(error).to.be.instanceOf(UnavailableError).and.to.include({ retryAfter: 7, holds: 'target' });
    await slack.close();
  });
});
