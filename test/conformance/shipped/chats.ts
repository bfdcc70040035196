import { Bitrix24 } from '../../../adapters/bitrix24.ts';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { Slack } from '../../../adapters/slack.ts';
import { Telegram } from '../../../adapters/telegram.ts';
import { FaultServer, toolsFor } from '../../../adapters/testing.ts';
import { Bitrix24StandIn } from '../../../stand-ins/chats/bitrix24.ts';
import { MattermostStandIn } from '../../../stand-ins/chats/mattermost.ts';
import { SlackStandIn } from '../../../stand-ins/chats/slack.ts';
import { TelegramStandIn } from '../../../stand-ins/chats/telegram.ts';
import { type Conforming, conforming, laterMayComeTwice, mayComeTwice } from './conforming.ts';
import type { ChatRecord } from '../../../adapters/chat/record.ts';
import type { AdapterClass } from '../../../src/adapter.ts';
import type { AdapterHarness, MakeHarness } from '../../../adapters/testing.ts';
import type { Posts } from '../../../stand-ins/chats/posts.ts';

const token = '123456:AbC-geheim';

/** A stand-in of a chat as far as the suite goes. */
interface StandIn {
  readonly posts: Posts;
  stop(): Promise<void>;
}

interface Made {
  readonly standIn: StandIn;
  /** Its origin. */
  readonly url: string;
  /** @param origin of what stands before it. */
  readonly settings: (origin: string) => Readonly<Record<string, unknown>>;
}

const chat =
  (adapterClass: AdapterClass, start: (now: () => number) => Promise<Made>): MakeHarness<ChatRecord> =>
  async (timeout): Promise<AdapterHarness<ChatRecord>> => {
    const tools = toolsFor({ timeout });
    const { standIn, url, settings } = await start(tools.now);
    const server = await FaultServer.before(new URL(url).origin);
    server.strikes = ({ path }) => !/auth\.test|getMe|user\.current|users\/me/.test(path);
    return {
      adapterClass,
      settings: settings(server.url),
      tools,
      record: (n) => ({ to: `10${n}`, text: 'Иванова Анна', link: { url: 'https://hf.example/my/a#/x' } }),
      refused: { to: '666', text: 'Петрова' },
      secrets: ['Иванова', 'Петрова', 'geheim'],
      effects: () => standIn.posts.taken.length,
      server,
      dispose: () => standIn.stop(),
    };
  };

const telegram = chat(Telegram, async (now) => {
  const standIn = await TelegramStandIn.start(token, now);
  standIn.troubles.set('666', { code: 403, description: 'Forbidden: bot was blocked by the user' });
  return { standIn, url: standIn.url, settings: (base) => ({ token, base }) };
});

const slack = chat(Slack, async (now) => {
  const standIn = await SlackStandIn.start(token, now);
  standIn.errors.set('666', 'channel_not_found');
  return { standIn, url: standIn.url, settings: (base) => ({ token, base }) };
});

const mattermost = chat(Mattermost, async (now) => {
  const standIn = await MattermostStandIn.start(token, now);
  standIn.errors.set('666', { status: 404, id: 'app.channel.get.existing.app_error' });
  return { standIn, url: standIn.url, settings: (baseUrl) => ({ token, baseUrl }) };
});

const bitrix24 = chat(Bitrix24, async (now) => {
  const standIn = await Bitrix24StandIn.start(now);
  standIn.errors.set('666', { status: 400, error: 'ACCESS_ERROR' });
  return {
    standIn,
    url: standIn.webhook,
    settings: (origin) => ({ webhook: standIn.webhook.replace(new URL(standIn.webhook).origin, origin) }),
  };
});

export const chats: readonly Conforming[] = [
  conforming('telegram', telegram, mayComeTwice),
  conforming('slack', slack, mayComeTwice),
  conforming('mattermost', mattermost, laterMayComeTwice),
  conforming('bitrix24', bitrix24, mayComeTwice),
];
