import { mixed, number, object, string } from 'yup';
import type { InferType } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { proxySetting, tlsSetting } from '../http/settings.ts';
import { oauthSetting, signSetting } from './access-schema.ts';
import type { Query } from '../http.ts';

type RestMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type HeaderMap = Readonly<Record<string, string | number | boolean | null>>;

const say = (ru: string, en: string) => (): Text => ({ ru, en });

// The connection's own, and what carries identity: a record must not speak for somebody else or undo the dedupe.
const ownHeaders: readonly string[] = ['host', 'content-length', 'transfer-encoding', 'connection', 'idempotency-key'];
const credentialHeaders: readonly string[] = ['authorization', 'proxy-authorization', 'cookie'];

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
  headers: headerMap(ownHeaders).meta({
    ru: 'Заголовки каждого запроса, например X-Api-Key.',
    en: 'Sent with every request, e.g. X-Api-Key.',
  }),
})
  .noUnknown()
  .required()
  .meta({ ru: 'Любой HTTP API, который принимает JSON.', en: 'Any HTTP API that takes JSON.' });

export type RestSettings = InferType<typeof restSettings>;

export const restRecord = object({
  method: string()
    .oneOf(['POST', 'PUT', 'PATCH', 'DELETE'] as const)
    .default('POST'),
  /** Within baseUrl, e.g. `/employees`. */
  path: string().required(),
  query: mixed<Query>().test(
    'query',
    say(
      'query: набор «имя: значение» или «имя: список значений»',
      'query: a set of `name: value` or `name: list of values`',
    ),
    isQuery,
  ),
  headers: headerMap([...ownHeaders, ...credentialHeaders]),
  /** Any JSON; null and no body at all are the same. */
  body: mixed().nullable(),
})
  .noUnknown()
  .required();

/** A record as mappings give it: what has a default may be left out. */
export interface RestRecord {
  readonly method?: RestMethod;
  readonly path: string;
  readonly query?: Query | null | undefined;
  readonly headers?: HeaderMap | null | undefined;
  readonly body?: unknown;
}

/** Names that a record may not set, in lower case. */
export function isReserved(name: string): boolean {
  return ownHeaders.includes(name.toLowerCase()) || credentialHeaders.includes(name.toLowerCase());
}

function headerMap(reserved: readonly string[]) {
  return mixed<HeaderMap>()
    .nullable()
    .meta({ written: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } } })
    .test(
      'map',
      say('headers: набор «имя: значение»', 'headers: a set of `name: value`'),
      (value) => value === null || value === undefined || isMapOf(value, isScalar),
    )
    .test('reserved', (value, context) => {
      const name = Object.keys(value ?? {}).find((one) => reserved.includes(one.toLowerCase()));
      if (name === undefined) return true;
      return context.createError({
        path: `${context.path}["${name}"]`,
        message: say(
          `headers: ${name} здесь задать нельзя, его ставит сам адаптер`,
          `headers: ${name} cannot be set here, the adapter sets it itself`,
        ),
      });
    });
}

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && search === '' && hash === '';
}

function isQuery(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    isMapOf(value, (one) => isScalar(one) || (Array.isArray(one) && one.every(isScalar)))
  );
}

function isMapOf(value: unknown, isValue: (one: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isValue);
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  );
}
