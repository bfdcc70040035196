import { object } from 'yup';
import { Chat } from './chat/chat.ts';
import { foreseenIn } from './chat/foreseen.ts';
import { chatRecord } from './chat/record.ts';
import { address, token } from './chat/settings.ts';
import { telegramDialect } from './chat/telegram-dialect.ts';
import { proxySetting, tlsSetting } from './http/settings.ts';
import { foreseenOf } from './http/tls-files.ts';
import type { InferType } from 'yup';
import type { AdapterClass, AdapterTools, Finding, ForesightContext } from '../src/adapter.ts';

const settings = object({
  token: token('token').required().meta({ ru: 'Токен бота от BotFather.', en: "The bot's token from BotFather." }),
  base: address('base')
    .default('https://api.telegram.org')
    .meta({ ru: 'Свой сервер Bot API вместо общего.', en: 'A Bot API server of your own in place of the public one.' }),
  proxy: proxySetting(),
  tls: tlsSetting(),
})
  .noUnknown()
  .required()
  .meta({ ru: 'Сообщения бота в Telegram.', en: 'Posts of a bot in Telegram.' });

/**
 * Posts of a bot in Telegram (facts/targets.md 2). Telegram heeds no key of ours: after a lost answer a post may come
 * twice.
 */
export class Telegram extends Chat {
  static readonly type = 'telegram';
  static readonly settings = settings;
  static readonly record = chatRecord;
  static readonly order = 'none';
  /** Milliseconds; Telegram is throttled in places, and a time-out may hide a post that came (facts/targets.md 2.3). */
  static readonly defaults = { timeout: 60_000 };

  static foresees({ tls }: InferType<typeof settings>, context: ForesightContext): readonly Finding[] {
    const said = { ru: 'номер чата (17, -100…) или @имя', en: 'the number of a chat (17, -100…) or @name' };
    return [
      ...foreseenOf(tls, context),
      ...foreseenIn(context, { name: 'Telegram', byEmail: false, ids: { like: /^(?:-?\d{1,15}|@\w+)$/, said } }),
    ];
  }

  constructor({ token: secret, base, proxy, tls }: InferType<typeof settings>, tools: AdapterTools) {
    super(telegramDialect(secret), { baseUrl: base, proxy, tls }, tools);
  }
}

export default Telegram satisfies AdapterClass;
