import { XMLParser } from 'fast-xml-parser';
import type { Stored } from './filter.ts';
import { Refused } from './refused.ts';
import { type SetModel, wireFields } from './shape.ts';

type MetadataLevel = 'nometadata' | 'minimalmetadata';

export interface Rendering {
  readonly root: string;
  readonly set: SetModel;
  readonly level: MetadataLevel;
}

/** One entity as JSON (data/1c/responses); `keysInRows`: reading a single object may leave Ref_Key out of the rows. */
export function jsonEntity({ root, set, level }: Rendering, row: Stored, keysInRows: boolean): string {
  const head = level === 'minimalmetadata' ? { 'odata.metadata': `${root}/$metadata#${set.name}/@Element` } : {};
  return JSON.stringify({ ...head, ...jsonRow(set, level, row, keysInRows) });
}

export function jsonList({ root, set, level }: Rendering, rows: readonly Stored[], count: number | undefined): string {
  const head = level === 'minimalmetadata' ? { 'odata.metadata': `${root}/$metadata#${set.name}` } : {};
  return JSON.stringify({
    ...head,
    ...(count === undefined ? {} : { 'odata.count': String(count) }),
    value: rows.map((row) => jsonRow(set, level, row, true)),
  });
}

function jsonRow(set: SetModel, level: MetadataLevel, row: Stored, keysInRows: boolean): Stored {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = Array.isArray(value) && !keysInRows ? value.map((one: unknown) => withoutKey(one)) : value;
  }
  if (level === 'minimalmetadata') {
    for (const [name, { type }] of Object.entries(set.fields)) {
      if (type === 'reference' && `${name}_Key` in row)
        result[`${name}@navigationLinkUrl`] = `${set.name}(guid'${String(row['Ref_Key'])}')/${name}`;
    }
  }
  return result;
}

function withoutKey(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'Ref_Key'));
}

const namespaces =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
  'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"';

export function atomEntity(rendering: Rendering, row: Stored, keysInRows: boolean): string {
  return `<?xml version="1.0" encoding="utf-8"?>${entry(rendering, row, keysInRows, ` xml:base="${rendering.root}/" ${namespaces}`)}`;
}

export function atomList(rendering: Rendering, rows: readonly Stored[], count: number | undefined): string {
  const counted = count === undefined ? '' : `<m:count>${count}</m:count>`;
  return `<?xml version="1.0" encoding="utf-8"?><feed xml:base="${rendering.root}/" ${namespaces}><id>${rendering.root}/${encodeURIComponent(rendering.set.name)}</id><title type="text">${rendering.set.name}</title>${counted}${rows.map((row) => entry(rendering, row, true, '')).join('')}</feed>`;
}

/** The shape of data/1c/msodata-v3-wcfds 05 and 17. */
function entry({ root, set }: Rendering, row: Stored, keysInRows: boolean, attributes: string): string {
  const id = `${encodeURIComponent(set.name)}(guid'${String(row['Ref_Key'])}')`;
  const edm = new Map(wireFields(set.fields).map((field) => [field.name, field.edm]));
  const properties = Object.entries(row).map(([name, value]) => {
    if (!Array.isArray(value)) return cell(name, edm.get(name), value);
    const type = `StandardODATA.${set.name}_${name}_RowType`;
    const columns = new Map(wireFields({ ...set.sections[name] }).map((field) => [field.name, field.edm]));
    const rows = value.map((one: unknown) => {
      const cells = Object.entries(typeof one === 'object' && one !== null ? one : {}).filter(
        ([column]) => keysInRows || column !== 'Ref_Key',
      );
      return `<d:element m:type="${type}">${cells.map(([column, inner]) => cell(column, column === 'LineNumber' ? 'Edm.Int64' : columns.get(column), inner)).join('')}</d:element>`;
    });
    return `<d:${name} m:type="Collection(${type})">${rows.join('')}</d:${name}>`;
  });
  return (
    `<entry${attributes}><id>${root}/${id}</id><category term="StandardODATA.${set.name}" ` +
    'scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/><link rel="edit" ' +
    `title="${set.name}" ` +
    `href="${id}"/><title/><updated>2026-11-21T16:42:56Z</updated><author><name/></author><content ` +
    `type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`
  );
}

function cell(name: string, edm: string | undefined, value: unknown): string {
  const type = edm === undefined || edm === 'Edm.String' ? '' : ` m:type="${edm}"`;
  if (value === null) return `<d:${name} m:null="true"/>`;
  const text = (typeof value === 'string' ? value : JSON.stringify(value))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return text === '' ? `<d:${name}${type}/>` : `<d:${name}${type}>${text}</d:${name}>`;
}

const reader = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'element',
});

/** The properties of an Atom entry that a client sends. */
export function readAtom(text: string): Stored {
  const parsed: unknown = reader.parse(text);
  const properties = pick(pick(pick(parsed, 'entry'), 'content'), 'properties');
  if (typeof properties !== 'object' || properties === null) throw new Refused(400, '2', 'Неверный формат запроса');
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [name, sectionOrValue(value)]),
  );
}

function sectionOrValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const rows = pick(value, 'element');
  return Array.isArray(rows) ? rows : [];
}

function pick(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
