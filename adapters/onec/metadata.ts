import { setImmediate as breathe } from 'node:timers/promises';
import { attribute, children, parseXml, type XmlNode } from './xml.ts';

/** One property as `$metadata` publishes it. */
export interface FieldShape {
  /** For example `Edm.String`. */
  readonly type: string;
  /** Older releases publish none (facts/1c.md 1.3). */
  readonly maxLength?: number;
  /** The set that a `…_Key` points to, where the base publishes it. */
  readonly target?: string;
}

export type Fields = Readonly<Record<string, FieldShape>>;

/** One published set: a catalog, a document, a register and so on. */
export interface SetShape {
  readonly name: string;
  readonly keys: readonly string[];
  readonly fields: Fields;
  /** Tabular sections by name. */
  readonly sections: Readonly<Record<string, Fields>>;
}

export interface Metadata {
  readonly sets: Readonly<Record<string, SetShape>>;
  /** Complex types: rows of sections and records of registers. */
  readonly rows: Readonly<Record<string, Fields>>;
}

/** A property of its own: names come from people and from 1C, so `constructor` must not be found. */
export function own<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const opening = /<(EntityType|ComplexType|Association|EntitySet)\b/g;
const piecesAtOnce = 200;

/**
 * Reads `$metadata`. A whole ZUP is 17 MB, 1.7 s in one go, so the document is taken piece by piece and the event loop
 * breathes in between.
 * @throws Error when it is no EDMX document.
 */
export async function readMetadata(xml: string): Promise<Metadata> {
  if (!/<(?:\w+:)?Edmx\b/.test(xml.slice(0, 2000))) throw new Error('not an EDMX document');
  const types = new Map<string, XmlNode>();
  const rows = new Map<string, XmlNode>();
  const ends = new Map<string, string>();
  const sets: { readonly name: string; readonly type: string }[] = [];
  let count = 0;
  for (const { kind, piece } of piecesOf(xml)) {
    count += 1;
    if (count % piecesAtOnce === 0) await breathe();
    const node = parseXml(piece);
    const name = attribute(node, 'Name') ?? '';
    if (kind === 'EntityType') types.set(name, node);
    else if (kind === 'ComplexType') rows.set(name, node);
    else if (kind === 'EntitySet') sets.push({ name, type: bare(attribute(node, 'EntityType') ?? '') });
    else
      for (const end of children(node, 'End'))
        ends.set(`${name} ${attribute(end, 'Role') ?? ''}`, bare(attribute(end, 'Type') ?? ''));
  }
  const result: Record<string, SetShape> = {};
  for (const { name, type } of sets) {
    // Some generators publish an independent register with its record apart, as in edmx/03.
    const node =
      (name.startsWith('InformationRegister_') ? types.get(`${type}_RecordType`) : undefined) ?? types.get(type);
    if (node !== undefined) result[name] = shapeOf(name, node, rows, ends);
  }
  return { sets: result, rows: Object.fromEntries([...rows].map(([name, node]) => [name, fieldsOf(node, ends)])) };
}

/**
 * Elements of these kinds with what they hold. Each end is looked for once, and an end that is missing once is missing
 * for all: a body that never closes a tag costs one look and not one for each tag.
 */
function* piecesOf(xml: string): Generator<{ readonly kind: string; readonly piece: string }> {
  const unclosed = new Set<string>();
  let from = 0;
  for (const { 1: kind = '', index } of xml.matchAll(opening)) {
    if (index < from) continue; // within the one before
    const tagEnd = xml.indexOf('>', index);
    if (tagEnd === -1) return;
    const closing = `</${kind}>`;
    const isWhole = xml[tagEnd - 1] === '/';
    const close = isWhole || unclosed.has(kind) ? -1 : xml.indexOf(closing, tagEnd);
    if (!isWhole && close === -1) unclosed.add(kind);
    from = close === -1 ? tagEnd + 1 : close + closing.length;
    yield { kind, piece: xml.slice(index, from) };
  }
}

function shapeOf(
  name: string,
  node: XmlNode,
  rows: ReadonlyMap<string, XmlNode>,
  ends: ReadonlyMap<string, string>,
): SetShape {
  const sections: Record<string, Fields> = {};
  for (const property of children(node, 'Property')) {
    const row = /^Collection\((?:.*\.)?([^.]+)\)$/.exec(attribute(property, 'Type') ?? '')?.[1];
    const shape = row === undefined ? undefined : rows.get(row);
    if (shape !== undefined) sections[attribute(property, 'Name') ?? ''] = fieldsOf(shape, ends);
  }
  const keys = children(node, 'Key')
    .flatMap((key) => children(key, 'PropertyRef'))
    .map((key) => attribute(key, 'Name') ?? '');
  return { name, keys, fields: fieldsOf(node, ends), sections };
}

function fieldsOf(node: XmlNode, ends: ReadonlyMap<string, string>): Fields {
  const targets = new Map<string, string>();
  for (const way of children(node, 'NavigationProperty')) {
    const target = ends.get(`${bare(attribute(way, 'Relationship') ?? '')} ${attribute(way, 'ToRole') ?? ''}`);
    if (target !== undefined) targets.set(`${attribute(way, 'Name') ?? ''}_Key`, target);
  }
  const fields: Record<string, FieldShape> = {};
  for (const property of children(node, 'Property')) {
    const name = attribute(property, 'Name') ?? '';
    const type = attribute(property, 'Type') ?? '';
    if (type.startsWith('Collection(')) continue;
    const maxLength = Number(attribute(property, 'MaxLength'));
    const target = targets.get(name);
    fields[name] = { type, ...(maxLength > 0 ? { maxLength } : {}), ...(target === undefined ? {} : { target }) };
  }
  return fields;
}

function bare(name: string): string {
  return name.replace(/^StandardODATA\./, '');
}
