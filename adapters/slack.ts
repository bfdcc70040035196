import { object } from 'yup';
import { Chat } from './chat/chat.ts';
import { foreseenIn } from './chat/foreseen.ts';
import { chatRecord } from './chat/record.ts';
import { address, hookParts, token } from './chat/settings.ts';
import { slackDialect, slackHookDialect } from './chat/slack-dialect.ts';
import { proxySetting, tlsSetting } from './http/settings.ts';
import { foreseenOf } from './http/tls-files.ts';
import type { InferType } from 'yup';
import type { AdapterClass, AdapterTools, Finding, ForesightContext, Text } from '../src/adapter.ts';

const either = (): Text => ({
  ru: 'нужен либо token бота, либо webhook',
  en: 'either the token of a bot or a webhook is needed',
});

const settings = object({
  token: token('token').meta({ ru: 'Токен бота (xoxb-…).', en: "A bot's token (xoxb-…)." }),
  webhook: address('webhook').meta({
    ru: 'Входящий вебхук: один канал, адрес секретен.',
    en: 'An incoming webhook: one channel, its address a secret.',
  }),
  base: address('base')
    .default('https://slack.com')
    .meta({ ru: 'Другой адрес API.', en: 'Another address of the API.' }),
  proxy: proxySetting(),
  tls: tlsSetting(),
})
  .noUnknown()
  .required()
  .test('either', either, (value) => Boolean(value.token) !== Boolean(value.webhook))
  .meta({ ru: 'Сообщения в Slack.', en: 'Posts in Slack.' });

/**
 * Posts in Slack, by a bot or by an incoming webhook (facts/targets.md 3). A webhook has one channel: `to` is not read
 * there.
 */
export class Slack extends Chat {
  static readonly type = 'slack';
  static readonly settings = settings;
  static readonly record = chatRecord;
  static readonly order = 'none';

  static foresees({ webhook, tls }: InferType<typeof settings>, context: ForesightContext): readonly Finding[] {
    return [...foreseenOf(tls, context), ...foreseenIn(context, { name: 'Slack', byEmail: !webhook })];
  }

  constructor({ token: secret, webhook, base, proxy, tls }: InferType<typeof settings>, tools: AdapterTools) {
    if (webhook) {
      const { baseUrl, path } = hookParts(webhook);
      super(slackHookDialect(path), { baseUrl, proxy, tls }, tools);
    } else {
      const headers = { authorization: `Bearer ${secret ?? ''}` };
      super(slackDialect(base), { baseUrl: base, headers, proxy, tls }, tools);
    }
  }
}

export default Slack satisfies AdapterClass;
