import type { Fields, FieldShape } from './field-shape.ts';
import { own } from './metadata.ts';
import { nearest } from '../../src/toolkit.ts';

/** How a field of a record goes over the wire; people may write references with or without `_Key` (facts/1c.md 1.4). */
export type FieldForm =
  | { readonly kind: 'scalar'; readonly wire: string; readonly shape: FieldShape }
  | { readonly kind: 'reference'; readonly wire: string; readonly shape: FieldShape }
  | { readonly kind: 'composite'; readonly wire: string; readonly typeWire: string };

/**
 * The form of a field by `$metadata`, which may change with a release of ZUP (facts/1c.md 0.5); undefined when there is
 * none.
 */
export function formOf(fields: Fields, name: string): FieldForm | undefined {
  const base = name.replace(/_Key$/, '');
  for (const wire of [name, `${base}_Key`, base]) {
    const shape = own(fields, wire);
    if (shape === undefined) continue;
    if (wire.endsWith('_Key') && shape.type === 'Edm.Guid') return { kind: 'reference', wire, shape };
    if (shape.type === 'Edm.String' && own(fields, `${wire}_Type`) !== undefined)
      return { kind: 'composite', wire, typeWire: `${wire}_Type` };
    return { kind: 'scalar', wire, shape };
  }
  return undefined;
}

/** 1C's own names for what every object has, and what OData calls it (facts/1c.md 1.7). */
const standard: Readonly<Record<string, string>> = {
  Наименование: 'Description',
  Код: 'Code',
  Номер: 'Number',
  Дата: 'Date',
  Период: 'Period',
  Владелец: 'Owner',
  Родитель: 'Parent',
  Ссылка: 'Ref_Key',
  ПометкаУдаления: 'DeletionMark',
  Проведен: 'Posted',
  ЭтоГруппа: 'IsFolder',
};

/** The published name that was probably meant, references without `_Key`. */
export function likelyField(fields: Fields, name: string): string | undefined {
  const translated = own(standard, nearest(name, Object.keys(standard), Infinity) ?? '');
  if (translated !== undefined && formOf(fields, translated) !== undefined) return translated;
  const known = Object.keys(fields).filter((one) => !one.endsWith('_Type'));
  return (
    nearest(name, known, Infinity)?.replace(/_Key$/, '') ??
    nearest(
      name,
      known.map((one) => one.replace(/_Key$/, '')),
      Infinity,
    )
  );
}
