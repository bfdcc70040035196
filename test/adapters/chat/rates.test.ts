import { expect } from 'chai';
import { Telegram } from '../../../adapters/telegram.ts';
import { UnavailableError } from '../../../src/adapter.ts';
import { TelegramStandIn } from '../../../stand-ins/chats/telegram.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { inForm } from '../../support/form.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { writeFiles } from '../../support/service.ts';
import { Serving } from '../../support/serving.ts';
import { until } from '../../support/until.ts';
import { hire, postWebhook } from '../../support/webhook.ts';
import { Workspace } from '../../support/workspace.ts';
import { pause } from '../../support/pause.ts';

const token = '17:rates';
const posts = 300;
const chats = 12;
const chatOf = (post: number): number => 1 + (post % chats);

/** Every post is there once, the rule was never broken; the posts of each chat in the order of arrival. */
function byChat({ posts: { taken, broken } }: TelegramStandIn): readonly (readonly number[])[] {
  const seen = taken.map(({ text }) => Number(text)).toSorted((a, b) => a - b);
  expect(seen).to.deep.equal(Array.from({ length: posts }, (_none, post) => post));
  expect(broken).to.equal(0);
  for (const { chat, text } of taken) expect(chat).to.equal(String(chatOf(Number(text))));
  return Array.from({ length: chats }, (_none, chat) =>
    taken.filter((post) => post.chat === String(chat + 1)).map(({ text }) => Number(text)),
  );
}

describe(`${posts} posts into ${chats} chats under 1/s per chat and 30/s per bot`, function () {
  this.timeout(120_000);
  plainNetwork();
  // The clock runs faster than the machine's, so that half a minute of waits takes a test a moment.
  const speed = 20;
  const start = Date.now();
  const now = (): number => start + (Date.now() - start) * speed;
  let server: TelegramStandIn;
  let telegram: Telegram;

  beforeEach(async () => {
    server = await TelegramStandIn.start(token, now);
    telegram = new Telegram(Telegram.settings.cast({ token, base: server.url }), toolsIn('/nowhere', { now }));
  });

  afterEach(async () => {
    await telegram.close();
    await server.stop();
  });

  /** As the dispatcher does: what is told to wait comes back then. */
  async function deliver(post: number, to = chatOf(post)): Promise<void> {
    for (;;) {
      try {
        await telegram.deliver({ to, text: String(post) }, deliveryOf(post));
        return;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        await pause(((error.retryAfter ?? 1) * 1000) / speed);
      }
    }
  }

  it('all come once and none too soon, all at once', async () => {
    await Promise.all(Array.from({ length: posts }, (_none, post) => deliver(post)));
    byChat(server);
  });

  it('keep the rule of groups, 20 a minute, and hold up nobody else', async () => {
    const begun = now();
    const group = Array.from({ length: 25 }, (_none, post) => deliver(post, -100));
    await deliver(1000);
    expect(now() - begun).to.be.below(20_000);
    await Promise.all(group);
    expect(server.posts.broken).to.equal(0);
    expect(server.posts.taken).to.have.length(26);
  });

  it('come in order where each chat is a lane', async () => {
    const lanes = Array.from({ length: chats }, async (_none, chat) => {
      for (let post = 0; post < posts; post += 1) if (chatOf(post) === chat + 1) await deliver(post);
    });
    await Promise.all(lanes);
    for (const inChat of byChat(server)) expect(inChat).to.deep.equal(inChat.toSorted((a, b) => a - b));
  });
});

describe(`${posts} posts of a served process under the rates of Telegram`, function () {
  this.timeout(300_000);
  plainNetwork();

  for (const order of ['none', 'strict'])
    it(`all come once and none too soon (order: ${order})`, async function () {
      if (inForm(0, 1) === 0) this.skip();
      const workspace = new Workspace();
      const server = await TelegramStandIn.start(token);
      const mapping =
        'mapping: to-chat\non: { event: APPLICANT }\nto: telegram\nkey: =applicant.id\n' +
        `once: =log.id\norder: ${order}\nrecord: { to: =applicant.id, text: =$string(log.id - 100000) }\n`;
      const targets = { telegram: { adapter: 'telegram', settings: { token, base: server.url }, concurrency: 16 } };
      const serving = new Serving(writeFiles(workspace, { config: { targets }, mappings: { 'chat.yaml': mapping } }));
      try {
        await serving.ready();
        for (let post = 0; post < posts; post += 1) {
          const { status } = await postWebhook(serving.url, hire(post, { key: chatOf(post) }));
          expect(status).to.equal(200);
        }
        await until('every post has come', () => server.posts.taken.length >= posts, 200_000);
        const each = byChat(server);
        if (order === 'strict')
          for (const inChat of each) expect(inChat).to.deep.equal(inChat.toSorted((a, b) => a - b));
      } finally {
        await serving.stop();
        await server.stop();
        workspace.remove();
      }
    });
});
