import { object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** `settings.proxy` of any adapter that speaks HTTP. */
export const proxySetting = () =>
  string()
    .test(
      'proxy',
      say(
        'proxy: нужен адрес вида http://proxy.example:3128 или socks5://proxy.example:1080',
        'proxy: an address like http://proxy.example:3128 or socks5://proxy.example:1080 is needed',
      ),
      (value) => value === undefined || value === '' || isProxy(value),
    )
    .meta({
      ru: 'Прокси HTTP или SOCKS5; пустой не считается. Прокси из окружения не используются.',
      en: 'An HTTP or SOCKS5 proxy; an empty one counts as none. No proxy of the environment is used.',
    });

/** `settings.tls` of any adapter that speaks HTTP: files, relative to connector.yaml, read again when they change. */
export const tlsSetting = () =>
  object({
    ca: string().meta({ ru: 'Файл PEM своего центра сертификации.', en: 'A PEM file of your own authority.' }),
    cert: string().meta({ ru: 'Файл PEM сертификата клиента.', en: "A PEM file of the client's certificate." }),
    key: string().meta({ ru: 'Файл PEM ключа клиента.', en: "A PEM file of the client's key." }),
    pfx: string().meta({ ru: 'Файл PFX вместо cert и key.', en: 'A PFX file in place of cert and key.' }),
    passphrase: string().meta({ ru: 'Пароль ключа или PFX.', en: 'The passphrase of the key or the PFX.' }),
    servername: string().meta({
      ru: 'Имя в сертификате сервера, если оно не то, что в адресе.',
      en: "The name in the server's certificate, when it is not the one of the address.",
    }),
  })
    .noUnknown()
    .default(undefined)
    .optional()
    .meta({
      ru: 'Сертификаты; файлы перечитываются при изменении.',
      en: 'Certificates; files are read again when they change.',
    });

function isProxy(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname } = new URL(value);
  return ['http:', 'https:', 'socks5:'].includes(protocol) && hostname !== '' && (pathname === '' || pathname === '/');
}
