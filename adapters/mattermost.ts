import { object } from 'yup';
import { Chat } from './chat/chat.ts';
import { hookDialect, mattermostDialect } from './chat/mattermost-dialect.ts';
import { foreseenIn } from './chat/foreseen.ts';
import { chatRecord } from './chat/record.ts';
import { isRocketHook, rocketDialect } from './chat/rocket-chat-dialect.ts';
import { address, hookParts, token } from './chat/settings.ts';
import { proxySetting, tlsSetting } from './http/settings.ts';
import { foreseenOf } from './http/tls-files.ts';
import type { InferType } from 'yup';
import type { AdapterClass, AdapterTools, Finding, ForesightContext, Text } from '../src/adapter.ts';

const either = (): Text => ({
  ru: 'нужен либо webhook, либо baseUrl и token бота',
  en: 'either a webhook, or baseUrl and the token of a bot are needed',
});

const settings = object({
  webhook: address('webhook').meta({
    ru: 'Входящий вебхук Mattermost или Rocket.Chat; адрес секретен.',
    en: 'An incoming webhook of Mattermost or Rocket.Chat; its address is a secret.',
  }),
  baseUrl: address('baseUrl').meta({ ru: 'Адрес сервера.', en: 'The address of the server.' }),
  token: token('token').meta({ ru: 'Токен бота.', en: "The bot's token." }),
  proxy: proxySetting(),
  tls: tlsSetting(),
})
  .noUnknown()
  .required()
  .test('either', either, ({ webhook, baseUrl, token: secret }) =>
    webhook ? !baseUrl && !secret : Boolean(baseUrl) && Boolean(secret),
  )
  .meta({ ru: 'Сообщения в Mattermost или Rocket.Chat.', en: 'Posts in Mattermost or Rocket.Chat.' });

/**
 * Posts in Mattermost (facts/targets.md 4), by a bot or by an incoming webhook; Rocket.Chat takes the same webhooks.
 * With a webhook `to` names a channel or `@person`, and `-` is the channel of the webhook itself.
 */
export class Mattermost extends Chat {
  static readonly type = 'mattermost';
  static readonly settings = settings;
  static readonly record = chatRecord;
  static readonly order = 'none';

  static foresees({ webhook, tls }: InferType<typeof settings>, context: ForesightContext): readonly Finding[] {
    return [
      ...foreseenOf(tls, context),
      ...foreseenIn(context, { name: webhook ? 'Mattermost (webhook)' : 'Mattermost', byEmail: !webhook }),
    ];
  }

  constructor({ webhook, baseUrl, token: secret, proxy, tls }: InferType<typeof settings>, tools: AdapterTools) {
    if (webhook) {
      const hook = hookParts(webhook);
      const dialect = isRocketHook(hook.path) ? rocketDialect(hook.path) : hookDialect(hook.path);
      super(dialect, { baseUrl: hook.baseUrl, proxy, tls }, tools);
    } else {
      const headers = { authorization: `Bearer ${secret ?? ''}` };
      super(mattermostDialect(), { baseUrl: baseUrl ?? '', headers, proxy, tls }, tools);
    }
  }
}

export default Mattermost satisfies AdapterClass;
