import '../files/schema-words.ts';
import { dirname, resolve } from 'node:path';
import { array, boolean, object, string } from 'yup';
import type { Listener } from './host.ts';

/** Where operators look, and who may. */
export interface ConsoleConfig extends Listener {
  /** Absolute path of the users' file. */
  readonly users: string;
  /** The config names that file: without it nobody may come in. */
  readonly usersNamed: boolean;
  /** Names that the console goes by, with or without a port. */
  readonly hosts: readonly string[];
  readonly writesMappings: boolean;
  readonly oidc: OidcConfig | undefined;
}

/** Single sign-on. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: the client has none, and proves itself by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** The console as browsers reach it, e.g. `https://connector.example`; undefined: as it was asked for. */
  readonly url: string | undefined;
  /** Which claim names the user of the users' file. */
  readonly claim: string;
  /** A local provider without TLS, for tests. */
  readonly insecure: boolean;
}

const address = () =>
  string()
    .url()
    .matches(/^https?:\/\//);

const oidc = object({
  issuer: address().required().meta({
    ru: 'Адрес провайдера (issuer), как в его /.well-known/openid-configuration.',
    en: 'The issuer, as its /.well-known/openid-configuration says it.',
  }),
  clientId: string().required().meta({ ru: 'Номер клиента у провайдера.', en: 'The id of the client there.' }),
  clientSecret: string().meta({ ru: 'Секрет клиента, если он есть.', en: 'The secret of the client, if it has one.' }),
  url: address().meta({
    ru: 'Адрес консоли для браузеров, например https://connector.example; провайдеру нужен /api/session/oidc/callback под ним.',
    en:
      'The console as browsers reach it, e.g. https://connector.example; the provider has to know ' +
      '/api/session/oidc/callback below it.',
  }),
  claim: string().default('email').meta({
    ru: 'Какое поле провайдера называет пользователя из файла users.',
    en: "Which claim names the user of the users' file.",
  }),
  insecure: boolean()
    .default(false)
    .meta({ ru: 'Провайдер без TLS, для проб.', en: 'A provider without TLS, for trials.' }),
}).noUnknown();

/** Beside host and port. */
export const consoleFields = {
  users: string().min(1).meta({
    ru: 'Файл пользователей консоли, его ведёт команда user (по умолчанию users.yaml рядом).',
    en: "The console's users, kept by the command user (default: users.yaml beside this file).",
  }),
  hosts: array(string().required()).min(1).meta({
    ru: 'Имена, на которые консоль отзывается (по умолчанию localhost, 127.0.0.1, [::1]).',
    en: 'Names that the console goes by (default: localhost, 127.0.0.1, [::1]).',
  }),
  writesMappings: boolean().default(false).meta({
    ru: 'Разрешить авторам маппингов записывать файлы из консоли.',
    en: 'Let authors of mappings write files from the console.',
  }),
  oidc: oidc.default(undefined).meta({ ru: 'Единый вход (OpenID Connect).', en: 'Single sign-on (OpenID Connect).' }),
};

const usualHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

interface Written extends Listener {
  readonly users?: string | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly writesMappings: boolean;
  readonly oidc?:
    | (Omit<OidcConfig, 'clientSecret' | 'url'> & {
        readonly clientSecret?: string | undefined;
        readonly url?: string | undefined;
      })
    | undefined;
}

/** `file`: connector.yaml itself. */
export function consoleOf(
  { host, port, users, hosts, writesMappings, oidc: sso }: Written,
  file: string,
): ConsoleConfig {
  return {
    host,
    port,
    users: resolve(dirname(file), users ?? 'users.yaml'),
    usersNamed: users !== undefined,
    hosts: hosts ?? usualHosts,
    writesMappings,
    oidc: sso && { ...sso, clientSecret: sso.clientSecret || undefined, url: sso.url?.replace(/\/+$/, '') },
  };
}
