import { mixed, number, object, string } from 'yup';
import { proxySetting } from '../http/settings.ts';
import { mailboxOf } from './address.ts';
import type { InferType } from 'yup';
import type { Text } from '../../src/adapter.ts';
import type { Mailbox } from './address.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** `targets.*.settings` of an SMTP server. */
export const mailSettings = object({
  host: string()
    .required()
    .matches(/^[\w.:-]+$/, {
      message: say('host: нужно имя или адрес сервера', 'host: a name or an address is needed'),
    })
    .meta({ ru: 'Сервер SMTP.', en: 'The SMTP server.' }),
  port: number().integer().min(1).max(65_535).meta({
    ru: 'Порт: 465 с tls: true, иначе 587.',
    en: 'The port: 465 with tls: true, else 587.',
  }),
  tls: mixed<boolean | 'starttls'>().oneOf([true, false, 'starttls']).default('starttls').meta({
    ru: 'starttls (обязателен), true (TLS сразу) или false (открытым текстом, только внутри сети).',
    en: 'starttls (required), true (TLS from the start) or false (in clear, within a network only).',
  }),
  user: string().meta({
    ru: 'Имя пользователя; пустое не считается.',
    en: 'The user name; an empty one counts as none.',
  }),
  password: string().meta({ ru: 'Пароль.', en: 'The password.' }),
  from: mixed<string | Mailbox>()
    .required()
    .test(
      'from',
      say(
        'from: нужен адрес hr@firm.example или { name, address }',
        'from: hr@firm.example or { name, address } is needed',
      ),
      (value) => mailboxOf(value) !== undefined,
    )
    .meta({ ru: 'От кого: адрес или { name, address }.', en: 'From whom: an address or { name, address }.' }),
  proxy: proxySetting(),
  ca: string().meta({
    ru: 'Файл PEM своего центра сертификации, от connector.yaml.',
    en: 'A PEM file of your own authority, relative to connector.yaml.',
  }),
})
  .noUnknown()
  .required()
  .meta({ ru: 'Письма через SMTP.', en: 'Letters by SMTP.' });

export type MailSettings = InferType<typeof mailSettings>;
