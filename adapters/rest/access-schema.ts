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
      ),
    clientId: string().required(),
    clientSecret: string().required(),
    scope: string(),
    client: string().oneOf(['basic', 'body'] as const),
    fields: mixed<Readonly<Record<string, string>>>().test(
      'fields',
      say('auth.oauth.fields: набор «имя: текст»', 'auth.oauth.fields: a set of `name: text`'),
      (value) =>
        value === undefined ||
        (typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')),
    ),
  })
    .noUnknown()
    .default(undefined)
    .optional();

export const signSetting = () =>
  object({
    secrets: array(string().defined()).min(1).required(),
    algorithm: string().oneOf(['sha256', 'sha512', 'sha1'] as const),
    encoding: string().oneOf(['hex', 'base64'] as const),
    header: string().matches(/^[A-Za-z0-9-]{1,64}$/, {
      message: say('sign.header: имя заголовка', 'sign.header: the name of a header'),
    }),
    prefix: string().matches(/^[\x21-\x7e]*$/, {
      message: say('sign.prefix: латиница без пробелов', 'sign.prefix: ASCII without blanks'),
    }),
    content: string(),
  })
    .noUnknown()
    .default(undefined)
    .optional();
