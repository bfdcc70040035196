import { object } from 'yup';
import { bitrixDialect } from './chat/bitrix24-dialect.ts';
import { Chat } from './chat/chat.ts';
import { chatRecord } from './chat/record.ts';
import { address, hookParts } from './chat/settings.ts';
import { proxySetting, tlsSetting } from './http/settings.ts';
import { foreseenOf } from './http/tls-files.ts';
import type { InferType } from 'yup';
import type { AdapterClass, AdapterTools, Finding, ForesightContext } from '../src/adapter.ts';

const settings = object({
  webhook: address('webhook').required().meta({
    ru: 'Входящий вебхук: https://портал/rest/пользователь/код/ ; адрес секретен.',
    en: 'An incoming webhook: https://portal/rest/user/code/ ; its address is a secret.',
  }),
  proxy: proxySetting(),
  tls: tlsSetting(),
})
  .noUnknown()
  .required()
  .meta({ ru: 'Уведомления и сообщения в Bitrix24.', en: 'Notices and posts in Bitrix24.' });

/**
 * Notices to a person (`to` is a number or an e-mail address) and posts into a chat (`chat17`) of Bitrix24
 * (facts/targets.md 4).
 */
export class Bitrix24 extends Chat {
  static readonly type = 'bitrix24';
  static readonly settings = settings;
  static readonly record = chatRecord;
  static readonly order = 'none';

  static foresees({ tls }: InferType<typeof settings>, context: ForesightContext): readonly Finding[] {
    return foreseenOf(tls, context);
  }

  constructor({ webhook, proxy, tls }: InferType<typeof settings>, tools: AdapterTools) {
    const { baseUrl, path } = hookParts(webhook);
    super(bitrixDialect(path), { baseUrl, proxy, tls }, tools);
  }
}

export default Bitrix24 satisfies AdapterClass;
