import { number, object, string, type InferType } from 'yup';
import type { Text } from '../../../src/adapter.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** `settings.sftp` of csv: a server whose folder takes the files. */
export const sftpSettings = object({
  host: string().required().meta({ ru: 'Имя или адрес сервера.', en: 'Name or address of the server.' }),
  port: number().integer().min(1).max(65_535).default(22).meta({ ru: 'Его порт.', en: 'Its port.' }),
  user: string().required().meta({ ru: 'Пользователь.', en: 'The user.' }),
  password: string().default('').meta({ ru: 'Его пароль; лучше ключ.', en: 'The password; a key is better.' }),
  key: string().meta({
    ru: 'Файл с закрытым ключом, от connector.yaml.',
    en: 'The file of a private key, relative to connector.yaml.',
  }),
  passphrase: string().default('').meta({ ru: 'Пароль к ключу.', en: 'The passphrase of the key.' }),
  hostKey: string()
    .required()
    .matches(/^SHA256:[A-Za-z0-9+/]{43}$/, {
      message: say(
        'hostKey: отпечаток ключа сервера SHA256:…, его печатает ssh-keyscan ИМЯ | ssh-keygen -lf -',
        'hostKey: the fingerprint of the server key SHA256:…, as ssh-keyscan HOST | ssh-keygen -lf - prints it',
      ),
    })
    .meta({
      ru: 'Отпечаток ключа сервера: SHA256:…; другому серверу ничего не отдаётся.',
      en: 'The fingerprint of the server key: SHA256:…; no other server gets anything.',
    }),
})
  .noUnknown()
  .meta({ ru: 'Сервер SFTP вместо папки этой машины.', en: 'An SFTP server instead of a folder of this machine.' })
  .test(
    'credentials',
    say('sftp: нужен password или key', 'sftp: a password or a key is needed'),
    (value?: { readonly password: string; readonly key?: string | undefined }) =>
      value === undefined || value.password !== '' || value.key !== undefined,
  );

export type SftpSettings = InferType<typeof sftpSettings>;
