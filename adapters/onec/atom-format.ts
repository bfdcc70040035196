import { XMLBuilder } from 'fast-xml-parser';
import { isEntity, type Entity } from './difference.ts';
import type { Format } from './format.ts';
import type { Fields } from './field-shape.ts';
import { own, type SetShape } from './metadata.ts';
import { attribute, child, children, descendant, parseXml, type XmlNode } from './xml.ts';

const space = 'http://schemas.microsoft.com/ado/2007/08/dataservices';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: true,
  suppressEmptyNode: true,
});

/** Atom XML, with the shapes that an OData v3 server gives (data/1c/msodata-v3-wcfds 05 and 17). */
export const atomFormat: Format = {
  accept: 'application/atom+xml',
  contentType: 'application/atom+xml;type=entry;charset=utf-8',
  query: {},
  write(set, entity) {
    const entry = {
      entry: {
        '@xmlns': 'http://www.w3.org/2005/Atom',
        '@xmlns:d': space,
        '@xmlns:m': `${space}/metadata`,
        category: { '@term': `StandardODATA.${set.name}`, '@scheme': `${space}/scheme` },
        content: { '@type': 'application/xml', 'm:properties': propertiesOf(set, entity) },
      },
    };
    return `<?xml version="1.0" encoding="utf-8"?>${builder.build(entry)}`;
  },
  readOne: (text) => entityIn(named(parseXml(text), 'entry')),
  readMany: (text) => children(named(parseXml(text), 'feed'), 'entry').map(entityIn),
};

function propertiesOf(set: SetShape, entity: Entity): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entity)) {
    if (!Array.isArray(value)) {
      properties[`d:${name}`] = typed(own(set.fields, name)?.type, value);
      continue;
    }
    const type = `StandardODATA.${set.name}_${name}_RowType`;
    const columns: Fields = own(set.sections, name) ?? {};
    properties[`d:${name}`] = {
      '@m:type': `Collection(${type})`,
      'd:element': value.filter(isEntity).map((row) => ({ '@m:type': type, ...cellsOf(columns, row) })),
    };
  }
  return properties;
}

function cellsOf(columns: Fields, row: Entity): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [`d:${name}`, typed(own(columns, name)?.type, value)]),
  );
}

function typed(type: string | undefined, value: unknown): Record<string, unknown> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type === undefined || type === 'Edm.String' ? { '#text': text } : { '@m:type': type, '#text': text };
}

function named(node: XmlNode, name: string): XmlNode {
  if (node.name !== name) throw new Error(`no Atom ${name}`);
  return node;
}

function entityIn(entry: XmlNode): Entity {
  const properties = descendant(entry, 'properties');
  if (properties === undefined) throw new Error('an Atom entry without properties');
  return Object.fromEntries(properties.nodes.map((node) => [node.name, valueOf(node)]));
}

function valueOf(node: XmlNode): unknown {
  if (attribute(node, 'null') === 'true') return null;
  const type = attribute(node, 'type') ?? '';
  if (type.startsWith('Collection(') || child(node, 'element') !== undefined) {
    return children(node, 'element').map((row) =>
      Object.fromEntries(row.nodes.map((cell) => [cell.name, valueOf(cell)])),
    );
  }
  if (type === 'Edm.Boolean') return node.text === 'true';
  if (type === 'Edm.Int16' || type === 'Edm.Int32' || type === 'Edm.Double') return Number(node.text);
  return node.text;
}
