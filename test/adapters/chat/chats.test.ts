import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Bitrix24 } from '../../../adapters/bitrix24.ts';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { Slack } from '../../../adapters/slack.ts';
import { Telegram } from '../../../adapters/telegram.ts';
import { adapterErrorKind, UnavailableError } from '../../../src/adapter.ts';
import { Bitrix24StandIn } from '../../../stand-ins/chats/bitrix24.ts';
import { MattermostStandIn } from '../../../stand-ins/chats/mattermost.ts';
import { SlackStandIn } from '../../../stand-ins/chats/slack.ts';
import { TelegramStandIn } from '../../../stand-ins/chats/telegram.ts';
import { closedPort, HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { ConnectProxy } from '../../support/connect-proxy.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { Workspace } from '../../support/workspace.ts';
import type { ChatRecord } from '../../../adapters/chat/record.ts';

const token = '123456:AbC-geheim';
let now = Date.UTC(2026, 10, 27, 9);
const tools = () => toolsIn('/nowhere', { now: () => now, timeout: 2000 });

/** Each test has a second of its own, so that no spacing of another one counts. */
beforeEach(() => {
  now += 60_000;
});

async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  const error = await failureOf(attempt);
  expectFitForPeople(error, [token, 'geheim', 'Иванова']);
  return String(adapterErrorKind(error));
}

describe('Telegram', () => {
  let server: TelegramStandIn;
  let telegram: Telegram;

  beforeEach(async () => {
    server = await TelegramStandIn.start(token, () => now);
    telegram = new Telegram(Telegram.settings.cast({ token, base: server.url }), tools());
  });

  afterEach(async () => {
    await telegram.close();
    await server.stop();
  });

  it('posts plain text with a link as an entity, so that nothing in it is markup', async () => {
    const text = '<b>Иванова</b> & _бухгалтер_ [x](y)';
    const record: ChatRecord = { to: 17, text, link: { text: 'Открыть', url: 'https://hf.example/my/a#/x' } };
    expect(await telegram.deliver(record, deliveryOf(1))).to.deep.include({ summary: 'sent' });
    const [post] = server.posts.taken;
    expect(post?.text).to.equal(`${text}\nОткрыть`);
    expect(post?.body).to.not.have.property('parse_mode');
    expect(post?.body['entities']).to.deep.equal([
      { type: 'text_link', offset: text.length + 1, length: 7, url: 'https://hf.example/my/a#/x' },
    ]);
  });

  it('cuts a long text so that the link stays', async () => {
    await telegram.deliver(
      { to: 17, text: 'слово '.repeat(2000), link: { url: 'https://hf.example/' } },
      deliveryOf(1),
    );
    expect(server.posts.taken[0]?.text)
      .to.match(/…\nhttps:\/\/hf\.example\/$/)
      .and.to.have.length.at.most(4096);
  });

  const answers = [
    [403, 'Forbidden: bot was blocked by the user', 'rejected'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'rejected'],
    [403, 'Forbidden: user is deactivated', 'rejected'],
    [403, 'Forbidden: bot was kicked from the group chat', 'rejected'],
    [400, 'Bad Request: chat not found', 'rejected'],
    [400, 'Bad Request: private chat not found', 'rejected'],
    [400, 'Bad Request: CHAT_RESTRICTED', 'rejected'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'rejected'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'rejected'],
    [400, 'Bad Request: message is too long', 'rejected'],
    [400, "Bad Request: can't parse entities: unsupported start tag at byte offset 7", 'rejected'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'rejected'],
    [403, 'Forbidden: the group chat was deleted', 'rejected'],
    [401, 'Unauthorized', 'unavailable'],
    [404, 'Not Found', 'unavailable'],
    [421, 'Misdirected', 'unavailable'],
    [500, 'Internal Server Error: Too Many Requests', 'unavailable'],
    [500, 'Internal Server Error', 'uncertain'],
  ] as const;
  for (const [code, description, kind] of answers) {
    it(`is ${kind} after ${code} ${description}`, async () => {
      server.troubles.set('17', { code, description: `${description} Иванова` });
      expect(await outcomeOf(telegram.deliver({ to: 17, text: 'x' }, deliveryOf(1)))).to.equal(kind);
    });
  }

  it('sends a file of Huntflow with the text as its caption', async () => {
    const workspace = new Workspace();
    writeFileSync(workspace.path('cv'), 'the CV itself');
    const asked: unknown[] = [];
    const lending = toolsIn('/nowhere', {
      now: () => now,
      attachment: async (file, scope) => {
        asked.push([file, scope]);
        return { path: workspace.path('cv'), size: 13, type: 'application/pdf' };
      },
    });
    const sender = new Telegram(Telegram.settings.cast({ token, base: server.url }), lending);
    const file = { file: 5, name: 'Иванова/CV.pdf' };
    await sender.deliver({ to: 17, text: 'x'.repeat(2000), link: { url: 'https://hf.example/' }, file }, deliveryOf(1));
    expect(asked).to.deep.equal([[5, 'hunt.example/1']]);
    expect(server.posts.taken[0]?.body).to.include({ chat_id: '17', document: 'the CV itself' });
    expect(server.posts.taken[0]?.text)
      .to.match(/^x+…\r\nhttps:\/\/hf\.example\/$/)
      .and.to.have.length.at.most(1024);
    await sender.close();
    workspace.remove();
  });

  it('takes a text that was not changed for done', async () => {
    server.troubles.set('17', { code: 400, description: 'Bad Request: message is not modified' });
    expect(await telegram.deliver({ to: 17, text: 'x' }, deliveryOf(1))).to.deep.include({ summary: 'sent' });
  });

  it('holds one chat for as long as Telegram asks', async () => {
    server.troubles.set('17', { code: 429, description: 'Too Many Requests', parameters: { retry_after: 42 } });
    const error = await failureOf(telegram.deliver({ to: 17, text: 'x' }, deliveryOf(1)));
    expect(error).to.be.instanceOf(UnavailableError).and.to.include({ retryAfter: 42, holds: '17' });
    expect(telegram.holdName({ to: '17 ', text: 'x' })).to.equal('17');
  });

  it('posts where a group has moved to, and remembers it', async () => {
    server.troubles.set('-5', { code: 400, description: 'upgraded', parameters: { migrate_to_chat_id: -100 } });
    const delivery = deliveryOf(1);
    await telegram.deliver({ to: -5, text: 'x' }, delivery);
    now += 2000;
    await telegram.deliver({ to: -5, text: 'y' }, { ...delivery, id: 2, idempotencyKey: 'key-2' });
    expect(server.posts.taken.map(({ chat, text }) => [chat, text])).to.deep.equal([
      ['-100', 'x'],
      ['-100', 'y'],
    ]);
    expect(server.arrivals).to.equal(3);
  });

  it('asks the next recipient when one cannot be reached, and says so', async () => {
    server.troubles.set('1', { code: 403, description: 'Forbidden: bot was blocked by the user' });
    const delivery = deliveryOf(1);
    const receipt = await telegram.deliver({ to: [1, 2, 3], text: 'x' }, delivery);
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['2']);
    expect(receipt.summary).to.equal('sent to 1 of 3');
    expect(receipt.warnings).to.have.length(1);
  });

  it('tells all of a list once, over attempts, and only then speaks of who is for later', async () => {
    server.troubles.set('2', { code: 429, description: 'later', parameters: { retry_after: 5 } });
    const first = deliveryOf(1);
    const record: ChatRecord = { to: { all: [1, 2, 3] }, text: 'x' };
    now += 5000;
    expect(await outcomeOf(telegram.deliver(record, first))).to.equal('unavailable');
    server.troubles.clear();
    now += 5000;
    await telegram.deliver(record, deliveryOf(1, { progress: first.saved.at(-1) }));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['1', '3', '2']);
  });

  it('is rejected when nobody can be reached', async () => {
    for (const id of ['1', '2']) server.troubles.set(id, { code: 400, description: 'Bad Request: chat not found' });
    expect(await outcomeOf(telegram.deliver({ to: [1, 2], text: 'x' }, deliveryOf(1)))).to.equal('rejected');
    expect(await outcomeOf(telegram.deliver({ to: [null], text: 'x' }, deliveryOf(1)))).to.equal('rejected');
  });

  it('asks everybody again when a person retries what nobody could be told', async () => {
    for (const id of ['1', '2']) server.troubles.set(id, { code: 403, description: 'bot was blocked by the user' });
    const first = deliveryOf(1);
    expect(await outcomeOf(telegram.deliver({ to: [1, 2], text: 'x' }, first))).to.equal('rejected');
    server.troubles.clear();
    now += 60_000;
    await telegram.deliver({ to: [1, 2], text: 'x' }, deliveryOf(1, { progress: first.saved.at(-1) }));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['1']);
  });

  it('says of a person by e-mail that Telegram finds none', async () => {
    const record = { to: { email: 'a@b.example' }, text: 'x' };
    expect(await outcomeOf(telegram.deliver(record, deliveryOf(1)))).to.equal('rejected');
  });

  it('gives a second post into one chat back until its moment', async () => {
    await telegram.deliver({ to: 17, text: 'x' }, deliveryOf(1));
    const error = await failureOf(telegram.deliver({ to: 17, text: 'y' }, deliveryOf(2)));
    expect(error).to.be.instanceOf(UnavailableError).and.to.include({ retryAfter: 1, holds: 'delivery' });
    now += 1000;
    await telegram.deliver({ to: 17, text: 'y' }, deliveryOf(2));
    expect(server.posts.broken).to.equal(0);
  });

  it('names the server and never the token when nobody answers, and warns that a lost answer may double', async () => {
    const base = `http://127.0.0.1:${await closedPort()}`;
    const away = new Telegram(Telegram.settings.cast({ token, base }), tools());
    expect(await outcomeOf(away.deliver({ to: 1, text: 'x' }, deliveryOf(1)))).to.equal('unavailable');
    await away.close();
    const cutting = await HttpStandIn.start((_arrival, _response, socket) => socket.destroy());
    const cut = new Telegram(Telegram.settings.cast({ token, base: cutting.url }), tools());
    const error = await failureOf(cut.deliver({ to: 1, text: 'x' }, deliveryOf(1)));
    expect(adapterErrorKind(error)).to.equal('uncertain');
    expect(String(error)).to.include('may come twice').and.not.include('geheim');
    await cut.close();
    await cutting.stop();
  });

  it('goes through its proxy, and names a proxy that refuses', async () => {
    const proxy = await ConnectProxy.start();
    const through = new Telegram(
      Telegram.settings.cast({ token, base: server.url, proxy: `http://${proxy.url}` }),
      tools(),
    );
    await through.deliver({ to: 17, text: 'x' }, deliveryOf(1));
    expect(proxy.seen).to.have.length(1);
    expect(server.posts.taken).to.have.length(1);
    await through.close();
    await proxy.stop();
    const refusing = await ConnectProxy.start(407);
    const refused = new Telegram(
      Telegram.settings.cast({ token, base: server.url, proxy: `http://${refusing.url}` }),
      tools(),
    );
    const error = await failureOf(refused.deliver({ to: 18, text: 'x' }, deliveryOf(2)));
    expect(adapterErrorKind(error)).to.equal('unavailable');
    expect(String(error)).to.include('proxy');
    await refused.close();
    await refusing.stop();
  });

  it('takes a page of a proxy for no answer of Telegram', async () => {
    const proxy = await HttpStandIn.start((_arrival, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>login</html>');
    });
    const blocked = new Telegram(Telegram.settings.cast({ token, base: proxy.url }), tools());
    expect(await outcomeOf(blocked.deliver({ to: 1, text: 'x' }, deliveryOf(1)))).to.equal('uncertain');
    proxy.answer = (_arrival, response) => {
      response.writeHead(403).end('<html>blocked</html>');
    };
    expect(await outcomeOf(blocked.deliver({ to: 2, text: 'x' }, deliveryOf(2)))).to.equal('unavailable');
    await blocked.close();
    await proxy.stop();
  });

  it('proves its token by getMe', async () => {
    const context = { mappings: [], signal: new AbortController().signal };
    expect(await telegram.check(context)).to.deep.equal([]);
    const wrong = new Telegram(Telegram.settings.cast({ token: '1:no', base: server.url }), tools());
    expect(await wrong.check(context)).to.have.length(1);
    await wrong.close();
  });
});

describe('Slack', () => {
  let server: SlackStandIn;
  let slack: Slack;

  beforeEach(async () => {
    server = await SlackStandIn.start(token, () => now);
    slack = new Slack(Slack.settings.cast({ token, base: server.url }), tools());
  });

  afterEach(async () => {
    await slack.close();
    await server.stop();
  });

  it('posts plain text in a block and escapes what Slack reads', async () => {
    const record = { to: 'C1', text: 'R&D <!channel> *x*', link: { text: 'a|b>', url: 'https://hf.example/?a=1&b=2' } };
    await slack.deliver(record, deliveryOf(1));
    expect(server.posts.taken[0]?.body).to.deep.include({
      channel: 'C1',
      text: 'R&amp;D &lt;!channel&gt; *x*',
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: 'R&D <!channel> *x*', emoji: false } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '<https://hf.example/?a=1&amp;b=2|a¦b&gt;>', verbatim: true },
        },
      ],
    });
  });

  it('finds a person by e-mail once and writes to them', async () => {
    server.people.set('boss@firm.example', 'U7');
    await slack.deliver({ to: { email: 'Boss@Firm.example' }, text: 'x' }, deliveryOf(1));
    now += 2000;
    await slack.deliver({ to: { email: 'boss@firm.example' }, text: 'y' }, deliveryOf(2));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['U7', 'U7']);
    expect(server.arrivals.filter(({ url }) => url.startsWith('/api/users.')).length).to.equal(1);
  });

  it('asks the next when there is no person with that address', async () => {
    await slack.deliver({ to: [{ email: 'nobody@firm.example' }, 'C1'], text: 'x' }, deliveryOf(1));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['C1']);
  });

  const answers = [
    ['channel_not_found', 'rejected'],
    ['not_in_channel', 'rejected'],
    ['is_archived', 'rejected'],
    ['restricted_action', 'rejected'],
    ['msg_too_long', 'rejected'],
    ['no_text', 'rejected'],
    ['msg_blocks_too_long', 'rejected'],
    ['invalid_blocks', 'rejected'],
    ['too_many_attachments', 'rejected'],
    ['invalid_arg_name', 'rejected'],
    ['users_not_found', 'rejected'],
    ['a_word_of_tomorrow', 'rejected'],
    ['invalid_auth', 'unavailable'],
    ['not_authed', 'unavailable'],
    ['token_revoked', 'unavailable'],
    ['token_expired', 'unavailable'],
    ['access_denied', 'unavailable'],
    ['accesslimited', 'unavailable'],
    ['ekm_access_denied', 'unavailable'],
    ['two_factor_setup_required', 'unavailable'],
    ['enterprise_is_restricted', 'unavailable'],
    ['missing_scope', 'unavailable'],
    ['account_inactive', 'unavailable'],
    ['ratelimited', 'unavailable'],
    ['rate_limited', 'unavailable'],
    ['service_unavailable', 'unavailable'],
    ['team_added_to_org', 'unavailable'],
    ['internal_error', 'uncertain'],
    ['fatal_error', 'uncertain'],
  ] as const;
  for (const [error, kind] of answers) {
    it(`is ${kind} after 200 with ${error}`, async () => {
      server.errors.set('C1', error);
      expect(await outcomeOf(slack.deliver({ to: 'C1', text: 'x' }, deliveryOf(1)))).to.equal(kind);
    });
  }

  const hooks = [
    [400, 'invalid_payload', 'rejected'],
    [400, 'user_not_found', 'rejected'],
    [400, 'no_text', 'rejected'],
    [400, 'invalid_blocks', 'rejected'],
    [404, 'no_active_hooks', 'unavailable'],
    [404, 'channel_not_found', 'unavailable'],
    [404, 'no_service', 'unavailable'],
    [404, 'no_team', 'unavailable'],
    [403, 'invalid_token', 'unavailable'],
    [403, 'team_disabled', 'unavailable'],
    [410, 'channel_is_archived', 'unavailable'],
    [403, 'action_prohibited', 'unavailable'],
    [500, 'rollup_error', 'unavailable'],
    [200, '<html>login</html>', 'uncertain'],
  ] as const;
  for (const [status, text, kind] of hooks) {
    it(`is ${kind} when a webhook answers ${status} ${text.slice(0, 20)}`, async () => {
      const hook = new Slack(Slack.settings.cast({ webhook: `${server.url}/services/T/B/geheim` }), tools());
      server.hook = { status, text };
      expect(await outcomeOf(hook.deliver({ to: '-', text: 'x' }, deliveryOf(1)))).to.equal(kind);
      await hook.close();
    });
  }
});

describe('A chat that takes no files here', () => {
  it('says so instead of leaving the file out', async () => {
    const server = await MattermostStandIn.start(token, () => now);
    const record = { to: 'general', text: 'x', file: { file: 5 } };
    const hook = new Mattermost(Mattermost.settings.cast({ webhook: `${server.url}/hooks/abc` }), tools());
    const bitrix = new Bitrix24(Bitrix24.settings.cast({ webhook: `${server.url}/rest/1/secret` }), tools());
    for (const chat of [hook, bitrix]) {
      expect(await outcomeOf(chat.deliver(record, deliveryOf(1)))).to.equal('rejected');
      await chat.close();
    }
    expect(server.posts.taken).to.deep.equal([]);
    await server.stop();
  });
});

describe('Mattermost', () => {
  let server: MattermostStandIn;
  let mattermost: Mattermost;

  beforeEach(async () => {
    server = await MattermostStandIn.start(token, () => now);
    mattermost = new Mattermost(Mattermost.settings.cast({ baseUrl: server.url, token }), tools());
  });

  afterEach(async () => {
    await mattermost.close();
    await server.stop();
  });

  it('escapes Markdown and breaks mentions of everybody', async () => {
    await mattermost.deliver({ to: 'c1', text: '**Иванова** @all :tada:' }, deliveryOf(1));
    expect(server.posts.taken[0]?.text).to.equal('\\*\\*Иванова\\*\\* @\u200ball :\u200btada:');
  });

  it('sends a repetition with the same pending_post_id, which makes one post', async () => {
    await mattermost.deliver({ to: 'c1', text: 'x' }, deliveryOf(1));
    now += 1000;
    await mattermost.deliver({ to: 'c1', text: 'x' }, deliveryOf(1, { attempt: 2 }));
    expect(server.posts.taken).to.have.length(1);
  });

  it('opens the direct channel of a person found by e-mail', async () => {
    server.people.set('boss@firm.example', 'u7');
    await mattermost.deliver({ to: { email: 'boss@firm.example' }, text: 'x' }, deliveryOf(1));
    expect(server.posts.taken[0]?.chat).to.equal('direct--bot-u7-');
  });

  const answers = [
    [404, 'app.channel.get.existing.app_error', 'rejected'],
    [403, 'api.context.permissions.app_error', 'unavailable'],
    [501, 'web.incoming_webhook.disabled.app_error', 'unavailable'],
    [400, 'model.post.is_valid.message_length.app_error', 'rejected'],
    [500, 'api.post.deduplicate_create_post.pending', 'unavailable'],
    [500, 'app.post.save.app_error', 'unavailable'],
  ] as const;
  for (const [status, id, kind] of answers) {
    it(`is ${kind} after ${status} ${id}`, async () => {
      server.errors.set('c1', { status, id });
      expect(await outcomeOf(mattermost.deliver({ to: 'c1', text: 'x' }, deliveryOf(1)))).to.equal(kind);
    });
  }

  it('posts by a webhook, also into its own channel', async () => {
    const hook = new Mattermost(Mattermost.settings.cast({ webhook: `${server.url}/hooks/geheim` }), tools());
    await hook.deliver({ to: '-', text: 'x' }, deliveryOf(1));
    await hook.deliver({ to: '@boss', text: 'y' }, deliveryOf(2));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['hook', '@boss']);
    await hook.close();
  });
});

describe('Bitrix24', () => {
  let server: Bitrix24StandIn;
  let bitrix: Bitrix24;

  beforeEach(async () => {
    server = await Bitrix24StandIn.start(() => now);
    bitrix = new Bitrix24(Bitrix24.settings.cast({ webhook: server.webhook }), tools());
  });

  afterEach(async () => {
    await bitrix.close();
    await server.stop();
  });

  it('notifies a person, posts into a chat, and lets no BB code through', async () => {
    await bitrix.deliver(
      { to: 7, text: '[B]x[/B]', link: { text: 'тут', url: 'https://hf.example/[1]' } },
      deliveryOf(1),
    );
    now += 1000;
    await bitrix.deliver({ to: 'chat5', text: 'y' }, deliveryOf(2));
    expect(server.posts.taken.map(({ chat, text }) => [chat, text])).to.deep.equal([
      ['7', '[\u200bB]x[\u200b/B]\n[URL=https://hf.example/%5B1%5D]тут[/URL]'],
      ['chat5', 'y'],
    ]);
  });

  it('finds one employee by e-mail, and neither none nor two', async () => {
    server.people.set('one@firm.example', ['7']);
    server.people.set('two@firm.example', ['8', '9']);
    await bitrix.deliver({ to: { email: 'one@firm.example' }, text: 'x' }, deliveryOf(1));
    expect(server.posts.taken.map(({ chat }) => chat)).to.deep.equal(['7']);
    for (const email of ['two@firm.example', 'none@firm.example'])
      expect(await outcomeOf(bitrix.deliver({ to: { email }, text: 'x' }, deliveryOf(2)))).to.equal('rejected');
  });

  const answers = [
    [401, 'NO_AUTH_FOUND', 'unavailable', undefined],
    [401, 'expired_token', 'unavailable', undefined],
    [403, 'INVALID_CREDENTIALS', 'unavailable', undefined],
    [403, 'ACCESS_DENIED', 'unavailable', undefined],
    [403, 'insufficient_scope', 'unavailable', undefined],
    [503, 'OVERLOAD_LIMIT', 'unavailable', undefined],
    [400, 'USER_ID_EMPTY', 'rejected', undefined],
    [500, 'PORTAL_DELETED', 'unavailable', undefined],
    [503, 'QUERY_LIMIT_EXCEEDED', 'unavailable', 1],
    [400, 'ACCESS_ERROR', 'rejected', undefined],
    [400, 'MESSAGE_EMPTY', 'rejected', undefined],
  ] as const;
  for (const [status, error, kind, pause] of answers) {
    it(`is ${kind} after ${status} ${error}`, async () => {
      server.errors.set('7', { status, error });
      const failure = await failureOf(bitrix.deliver({ to: 7, text: 'x' }, deliveryOf(1)));
      expect(adapterErrorKind(failure)).to.equal(kind);
      if (pause !== undefined) expect(failure).to.include({ retryAfter: pause, holds: 'target' });
    });
  }

  it('waits until its limit of running time is over', async () => {
    const time = { finish: 1000, operating_reset_at: 1090 };
    server.errors.set('7', { status: 429, error: 'OPERATION_TIME_LIMIT', time });
    const failure = await failureOf(bitrix.deliver({ to: 7, text: 'x' }, deliveryOf(1)));
    expect(failure).to.include({ retryAfter: 90, holds: 'target' });
  });
});
