import { XMLBuilder } from 'fast-xml-parser';
import { RejectedError } from '../../src/adapter.ts';
import { isElementName, type XmlRecord } from './xml-record.ts';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  suppressEmptyNode: true,
  processEntities: true,
  suppressBooleanAttributes: false,
});

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/**
 * The record as one element, without the declaration. `@name` is an attribute, `#text` the text beside attributes, a
 * list repeats its element, null is left out, an empty text makes an empty element; the order is the mapping's.
 * @throws RejectedError for what XML cannot carry.
 */
export function elementOf({ root, namespace, content }: XmlRecord): string {
  if (!isElementName(root)) throw nameless(root);
  const inner = treeOf(content, root);
  const tree: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : { '#text': inner };
  const named =
    namespace === undefined || namespace === null || namespace === ''
      ? tree
      : { '@xmlns': textOf(namespace, 'namespace'), ...tree };
  return builder.build({ [root]: named });
}

function treeOf(value: unknown, path: string): unknown {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value.filter((one) => one !== null && one !== undefined).map((one: unknown) => treeOf(one, path));
  if (typeof value !== 'object') return textOf(value, path);
  const tree: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (one === null || one === undefined || (Array.isArray(one) && one.length === 0)) continue;
    if (name !== '#text' && !isElementName(name.replace(/^@/, ''))) throw nameless(`${path}/${name}`);
    tree[name] = treeOf(one, `${path}/${name}`);
  }
  return tree;
}

function textOf(value: unknown, path: string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // XML 1.0, 2.2: no control characters but tab and line ends, no halves of characters.
  const bad = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.exec(text)?.[0];
  if (bad === undefined) return text;
  const code = `U+${(bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  throw new RejectedError({
    ru: `${path}: символ ${code} в XML недопустим; уберите его в маппинге или в источнике.`,
    en: `${path}: the character ${code} cannot stand in XML; take it out in the mapping or where it comes from.`,
  });
}

function nameless(path: string): RejectedError {
  return new RejectedError({
    ru: `${path}: это не имя элемента или атрибута XML; исправьте маппинг.`,
    en: `${path}: this is no name of an XML element or attribute; mend the mapping.`,
  });
}
