import { boolean, type InferType, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { tlsSetting } from '../http/settings.ts';
import { isPlainAddress } from './settings.ts';

/** `targets.*.settings` of `adapter: onec-xml`: an address of a service, or a folder that 1C picks files up from. */
export const xmlSettings = object({
  url: string()
    .strict()
    .test(
      'address',
      {
        ru: 'url: нужен адрес http(s)://…/hs/… или http(s)://…/ws/… без имени и пароля, без «?» и «#»',
        en: 'url must be an address http(s)://…/hs/… or http(s)://…/ws/… without user, password, "?" and "#"',
      } satisfies Text,
      isPlainAddress,
    )
    .meta({ ru: 'Адрес службы: …/hs/… или …/ws/….1cws.', en: 'The address of the service: …/hs/… or …/ws/….1cws.' }),
  user: string().default('').meta({ ru: 'Пользователь 1С.', en: 'The user of 1C.' }),
  password: string().default('').meta({ ru: 'Его пароль.', en: 'The password.' }),
  bearer: string()
    .default('')
    .meta({ ru: 'Токен вместо имени и пароля.', en: 'A token instead of user and password.' }),
  tls: tlsSetting(),
  soap: string()
    .oneOf(['1.1', '1.2'] as const)
    .meta({ ru: 'Завернуть документ в SOAP для веб-сервиса.', en: 'Wraps the document for a web service.' }),
  action: string().default('').meta({ ru: 'Заголовок SOAPAction.', en: 'The header SOAPAction.' }),
  repeatable: boolean()
    .default(false)
    .meta({
      ru: 'Служба сама узнаёт повтор (по Idempotency-Key или содержимому): после потерянного ответа запись отправляется снова.',
      en:
        'The service itself knows a record again (by Idempotency-Key or what is in it): a lost answer is tried ' +
        'again then.',
    }),
  folder: string().strict().meta({
    ru: 'Папка, откуда 1С забирает файлы; от connector.yaml.',
    en: 'The folder that 1C picks files up from, relative to connector.yaml.',
  }),
  create: boolean().default(false).meta({
    ru: 'Создать папку, если её нет; папка над ней должна быть.',
    en: 'Makes the folder when it is missing; its parent has to exist.',
  }),
  name: string()
    .default('{target}-{id}.xml')
    .test(
      'name',
      {
        ru: 'name: имя файла с {id}, без / \\ < > : " | ? *; известны {target}, {id}, {key}',
        en: 'name is a file name with {id}, without / \\ < > : " | ? *; known are {target}, {id}, {key}',
      } satisfies Text,
      (name) =>
        /\{id\}/.test(name ?? '') &&
        !/[/\\<>:"|?*\p{Cc}]/u.test(name ?? '') &&
        !(name ?? '').startsWith('.') &&
        [...(name ?? '').matchAll(/\{(\w*)\}/g)].every(
          ([, part]) => part === 'target' || part === 'id' || part === 'key',
        ),
    )
    .meta({
      ru: 'Имя файла с {id}; можно {target} и {key}. Каждая доставка — свой файл.',
      en: 'The file name, with {id}, {target}, {key}; one file for each delivery.',
    }),
})
  .noUnknown()
  .meta({ ru: 'Документ XML в службу 1С или в папку.', en: 'An XML document to a service of 1C, or into a folder.' })
  .test(
    'one',
    {
      ru: 'нужно одно из двух: url службы 1С или folder, откуда 1С забирает файлы',
      en: 'exactly one is needed: url of a service of 1C, or folder that 1C picks files up from',
    } satisfies Text,
    ({ url, folder }) => (url === undefined) !== (folder === undefined),
  );

export type XmlSettings = InferType<typeof xmlSettings>;
