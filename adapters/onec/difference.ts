import type { Text } from '../../src/adapter.ts';
import { isPlainObject } from '../../src/toolkit.ts';
import type { Fields } from './field-shape.ts';
import { own } from './metadata.ts';
import { emptyKey } from './object-key.ts';

/** An object, record or row as it goes over the wire, the same for both formats. */
export type Entity = Readonly<Record<string, unknown>>;
export type Row = Entity;

/** Whether 1C holds what was meant: fixed-length strings come back padded, numbers as texts, nulls as empty values. */
export function sameValue(type: string, ours: unknown, theirs: unknown): boolean {
  const [a, b] = [canonical(type, ours), canonical(type, theirs)];
  return a === b;
}

export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    value === '0' ||
    value === false ||
    value === 'false' ||
    value === emptyKey ||
    value === '0001-01-01T00:00:00' ||
    value === 'StandardODATA.Undefined'
  );
}

function canonical(type: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value.trimEnd() : JSON.stringify(value);
  switch (type) {
    case 'Edm.Guid':
      return text.toLowerCase() === emptyKey ? '' : text.toLowerCase();
    case 'Edm.DateTime':
      return text.startsWith('0001-01-01') ? '' : text.replace(/\.0+$/, '');
    case 'Edm.Boolean':
      return text === 'false' ? '' : text;
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64':
    case 'Edm.Double':
    case 'Edm.Single':
    case 'Edm.Decimal':
      return numeral(text);
    // Line ends go through XML and 1C forms in either fashion.
    default:
      return text.replaceAll('\r\n', '\n');
  }
}

function numeral(text: string): string {
  const number = Number(text);
  if (text === '' || number === 0) return '';
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? String(number) : text;
}

/** What 1C did in silence to what was sent: the words name the field, never its value (facts/1c.md 0.2). */
export function silentChanges(
  set: string,
  fields: Fields,
  sections: Readonly<Record<string, Fields>>,
  sent: Entity,
  stored: Entity,
): Text[] {
  const changes: Text[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'Ref_Key' || name === 'LineNumber') continue;
    if (Array.isArray(value))
      changes.push(...rowChanges(`${set}.${name}`, own(sections, name) ?? {}, value, own(stored, name)));
    else if (!sameValue(own(fields, name)?.type ?? '', value, own(stored, name)))
      changes.push(change(`${set}.${name}`, value, own(stored, name)));
  }
  return changes;
}

function rowChanges(section: string, columns: Fields, sent: readonly unknown[], stored: unknown): Text[] {
  const rows: unknown[] = Array.isArray(stored) ? stored : [];
  if (rows.length !== sent.length) {
    return [
      {
        ru: `${section}: отправлено строк ${sent.length}, в 1С ${rows.length}`,
        en: `${section}: ${sent.length} rows sent, 1C has ${rows.length}`,
      },
    ];
  }
  return sent.flatMap((row, index) =>
    silentChanges(`${section}[${index + 1}]`, columns, {}, entityOf(row), entityOf(rows[index])),
  );
}

function change(name: string, ours: unknown, theirs: unknown): Text {
  if (isEmpty(theirs)) {
    return { ru: `1С не сохранила ${name}`, en: `1C dropped ${name}` };
  }
  if (
    typeof ours === 'string' &&
    typeof theirs === 'string' &&
    theirs.length < ours.length &&
    ours.startsWith(theirs.trimEnd())
  ) {
    return {
      ru: `1С обрезала ${name}: отправлено ${ours.length} символов, осталось ${theirs.trimEnd().length}`,
      en: `1C cut ${name}: ${ours.length} characters sent, ${theirs.trimEnd().length} kept`,
    };
  }
  return { ru: `1С изменила ${name}`, en: `1C changed ${name}` };
}

export function entityOf(value: unknown): Entity {
  return isEntity(value) ? value : {};
}

export const isEntity: (value: unknown) => value is Entity = isPlainObject;

export function textAt(entity: Entity, name: string): string {
  const value = own(entity, name);
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}

/** True also for the text `true`: Atom without `m:type` gives texts. */
export function flagAt(entity: Entity, name: string): boolean {
  const value = own(entity, name);
  return value === true || value === 'true';
}
