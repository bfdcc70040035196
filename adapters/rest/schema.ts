import { number, object, string } from 'yup';
import type { InferType } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { proxySetting, tlsSetting } from '../http/settings.ts';
import { oauthSetting, signSetting } from './access-schema.ts';
import { headerMap, ownHeaders } from './header-map.ts';
import { query } from './record.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** `targets.*.settings` of an HTTP API that takes JSON. */
export const restSettings = object({
  baseUrl: string()
    .required()
    .test(
      'address',
      say(
        'baseUrl: нужен адрес вида https://intranet.example/api без параметров и якоря',
        'baseUrl: an address like https://intranet.example/api is needed, without query and fragment',
      ),
      (value) => isBaseUrl(value),
    )
    .test(
      'credentials',
      say(
        'baseUrl: логин и пароль пишутся в auth, а не в адресе',
        'baseUrl: user and password belong in auth, not in the address',
      ),
      (value) => !/^https?:\/\/[^/]*@/i.test(value),
    )
    .meta({
      ru: 'Адрес API, к нему добавляется path записи.',
      en: 'The address of the API; the path of a record is added to it.',
    }),
  auth: object({
    bearer: string()
      .matches(/^[\x21-\x7e]*$/, {
        message: say(
          'auth.bearer: токен с пробелом или не-латиницей',
          'auth.bearer: the token has a space or a non-ASCII character',
        ),
      })
      .meta({
        ru: 'Токен заголовка Authorization: Bearer; пустой не считается.',
        en: 'The token of Authorization: Bearer; an empty one counts as none.',
      }),
    user: string()
      .matches(/^[^:]*$/, { message: say('auth.user: в логине нет двоеточий', 'auth.user: a user name has no colon') })
      .meta({
        ru: 'Имя пользователя (Basic); пустое не считается.',
        en: 'The user name (Basic); an empty one counts as none.',
      }),
    password: string().meta({ ru: 'Пароль.', en: 'The password.' }),
    oauth: oauthSetting().meta({
      ru: 'Токен OAuth2 по client credentials; обновляется сам.',
      en: 'A token of OAuth2 client credentials, renewed by itself.',
    }),
  })
    .noUnknown()
    .default(undefined)
    .test(
      'one',
      say('auth: либо bearer, либо user и password', 'auth: either bearer, or user and password'),
      (value) => !value?.bearer || (value.user === undefined && value.password === undefined),
    )
    .test(
      'one way in',
      say('auth: oauth не сочетается с bearer и user', 'auth: oauth goes with neither bearer nor user'),
      (value) => value?.oauth === undefined || (!value.bearer && !value.user),
    )
    .meta({ ru: 'Доступ: bearer, user и password либо oauth.', en: 'Access: bearer, user and password, or oauth.' }),
  body: string()
    .oneOf(['json', 'form', 'multipart', 'xml'] as const)
    .default('json')
    .meta({ ru: 'В каком виде уходит тело записи.', en: 'In which form the body of a record goes out.' }),
  proxy: proxySetting(),
  tls: tlsSetting(),
  sign: signSetting().meta({
    ru: 'Подпись запросов: Standard Webhooks либо свой шаблон.',
    en: 'How requests are signed: Standard Webhooks, or a template of your own.',
  }),
  answerLimit: number().integer().min(1024).meta({
    ru: 'Байт ответа, которые читаются; остальное отбрасывается с предупреждением.',
    en: 'Bytes of an answer that are read; the rest is dropped with a warning.',
  }),
  query: query.meta({
    ru: 'Параметры адреса каждого запроса, например token, если цель ждёт его только там; в записи и попытках их нет.',
    en:
      'Parameters of the address of every request, e.g. a token that the target takes nowhere else; no record and no ' +
      'attempt has them.',
  }),
  headers: headerMap(ownHeaders).meta({
    ru: 'Заголовки каждого запроса, например X-Api-Key.',
    en: 'Sent with every request, e.g. X-Api-Key.',
  }),
})
  .noUnknown()
  .required()
  .meta({ ru: 'Любой HTTP API, который принимает JSON.', en: 'Any HTTP API that takes JSON.' });

export type RestSettings = InferType<typeof restSettings>;

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && search === '' && hash === '';
}
