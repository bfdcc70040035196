import { boolean, type InferType, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { isPlainAddress } from './settings.ts';

/** `targets.*.settings` of `adapter: onec-xml`: an address of a service, or a folder that 1C picks files up from. */
export const xmlSettings = object({
  /** `…/hs/…` or `…/ws/….1cws`. */
  url: string().strict().test('address', {
    ru: 'url: нужен адрес http(s)://…/hs/… или http(s)://…/ws/… без имени и пароля, без «?» и «#»',
    en: 'url must be an address http(s)://…/hs/… or http(s)://…/ws/… without user, password, "?" and "#"',
  } satisfies Text, isPlainAddress),
  user: string().default(''),
  password: string().default(''),
  bearer: string().default(''),
  /** Wraps the document for a web service. */
  soap: string().oneOf(['1.1', '1.2'] as const),
  /** SOAPAction. */
  action: string().default(''),
  /** True when the service itself knows a record again (by Idempotency-Key or what is in it): then a lost answer is tried again. */
  repeatable: boolean().default(false),
  /** Relative to connector.yaml. */
  folder: string().strict(),
  /** `{target}`, `{id}`, `{key}`; one file for each delivery. */
  name: string().default('{target}-{id}.xml').test('name', {
    ru: 'name: имя файла с {id}, без / \\ < > : " | ? *; известны {target}, {id}, {key}',
    en: 'name is a file name with {id}, without / \\ < > : " | ? *; known are {target}, {id}, {key}',
  } satisfies Text, (name) => /\{id\}/.test(name ?? '') && !/[/\\<>:"|?*\p{Cc}]/u.test(name ?? '') && !(name ?? '').startsWith('.')
    && [...(name ?? '').matchAll(/\{(\w*)\}/g)].every(([, part]) => part === 'target' || part === 'id' || part === 'key')),
}).noUnknown().test('one', {
  ru: 'нужно одно из двух: url службы 1С или folder, откуда 1С забирает файлы',
  en: 'exactly one is needed: url of a service of 1C, or folder that 1C picks files up from',
} satisfies Text, ({ url, folder }) => (url === undefined) !== (folder === undefined));

export type XmlSettings = InferType<typeof xmlSettings>;
