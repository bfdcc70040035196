import { mixed, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';

/** One XML document. */
export interface XmlRecord {
  /** Name of the root element. */
  readonly root: string;
  /** Its namespace. */
  readonly namespace?: string | null;
  /** Below the address of the service, when it has several resources. */
  readonly path?: string | null;
  readonly content: unknown;
}

const elementName = /^[\p{L}_][\p{L}\p{N}._-]*(:[\p{L}_][\p{L}\p{N}._-]*)?$/u;

export function isElementName(name: string): boolean {
  return elementName.test(name);
}

const textText = { ru: 'здесь нужен текст', en: 'this must be a text' } satisfies Text;
const rootText = {
  ru: 'root: нужно имя элемента XML, без пробелов',
  en: 'root must be the name of an XML element, without spaces',
} satisfies Text;
const contentText = {
  ru: 'content: нужен набор «элемент: значение»; атрибуты пишутся «@имя», текст рядом с ними «#text», повторы списком',
  en:
    'content must be a set of `element: value`; attributes are written `@name`, text beside them `#text`, ' +
    'repetitions as a list',
} satisfies Text;

export const xmlRecord = object({
  root: string()
    .strict()
    .typeError(textText)
    .required(rootText)
    .test('name', rootText, (name) => name.startsWith('=') || isElementName(name)),
  namespace: string().strict().nullable().typeError(textText),
  path: string().strict().nullable().typeError(textText),
  content: mixed()
    .required(contentText)
    .test('content', contentText, (content) => typeof content !== 'object' || !Array.isArray(content)),
})
  .noUnknown()
  .required();
