import { array, mixed, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

export const oauthSetting = () =>
  object({
    tokenUrl: string()
      .required()
      .test(
        'address',
        say(
          'auth.oauth.tokenUrl: нужен адрес http(s) без параметров',
          'auth.oauth.tokenUrl: an http(s) address without a query is needed',
        ),
        (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).search === '',
      )
      .meta({ ru: 'Адрес, где выдают токен.', en: 'The address that gives tokens.' }),
    clientId: string().required().meta({ ru: 'Имя клиента.', en: 'The name of the client.' }),
    clientSecret: string().required().meta({ ru: 'Секрет клиента.', en: 'The secret of the client.' }),
    scope: string().meta({ ru: 'Права, через пробел.', en: 'The rights, with blanks between.' }),
    client: string()
      .oneOf(['basic', 'body'] as const)
      .meta({
        ru: 'Где стоят имя и секрет: в заголовке (basic) или в теле (body).',
        en: 'Where name and secret stand: in the header (basic) or in the body (body).',
      }),
    fields: mixed<Readonly<Record<string, string>>>()
      .test(
        'fields',
        say('auth.oauth.fields: набор «имя: текст»', 'auth.oauth.fields: a set of `name: text`'),
        (value) =>
          value === undefined ||
          (typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')),
      )
      .meta({
        ru: 'Прочие поля запроса токена, например audience.',
        en: 'Further fields of the request for a token, such as audience.',
      }),
  })
    .noUnknown()
    .default(undefined)
    .optional()
    .meta({
      ru: 'OAuth2, client credentials: токен хранится и обновляется сам.',
      en: 'OAuth2, client credentials: the token is kept and renewed by itself.',
    });

export const signSetting = () =>
  object({
    secrets: array(string().defined()).min(1).required().meta({
      ru: 'Секреты подписи; двумя подписывают, пока меняют один на другой.',
      en: 'Secrets of the signature; two sign while one is exchanged for the other.',
    }),
    algorithm: string()
      .oneOf(['sha256', 'sha512', 'sha1'] as const)
      .meta({ ru: 'Хеш подписи.', en: 'The hash of the signature.' }),
    encoding: string()
      .oneOf(['hex', 'base64'] as const)
      .meta({ ru: 'Как записана подпись.', en: 'How the signature is written.' }),
    header: string()
      .matches(/^[A-Za-z0-9-]{1,64}$/, {
        message: say('sign.header: имя заголовка', 'sign.header: the name of a header'),
      })
      .meta({ ru: 'Заголовок с подписью.', en: 'The header with the signature.' }),
    prefix: string()
      .matches(/^[\x21-\x7e]*$/, {
        message: say('sign.prefix: латиница без пробелов', 'sign.prefix: ASCII without blanks'),
      })
      .meta({ ru: 'Что стоит перед подписью.', en: 'What stands before the signature.' }),
    content: string().meta({
      ru: 'Что подписывается: {id}, {timestamp}, {body}.',
      en: 'What is signed: {id}, {timestamp}, {body}.',
    }),
  })
    .noUnknown()
    .default(undefined)
    .optional()
    .meta({
      ru: 'Подпись запросов (HMAC), по умолчанию Standard Webhooks.',
      en: 'The signature of requests (HMAC), Standard Webhooks unless said.',
    });
