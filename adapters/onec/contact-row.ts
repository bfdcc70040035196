import { type Row, textAt } from './difference.ts';
import type { Fields } from './field-shape.ts';
import { own } from './metadata.ts';
import type { PlannedField } from './planned.ts';

/**
 * A row of КонтактнаяИнформация with what forms of 1C read beside what people type: ВидДляСписка, which list columns
 * are bound to, and Значение as JSON, where the base publishes them and the mapping has not said them (facts/1c-zup.md
 * 1).
 */
export function contactRow(columns: Fields, row: readonly PlannedField[]): readonly PlannedField[] {
  const field = (wire: string): PlannedField | undefined => row.find(({ form }) => form.wire === wire);
  const added: PlannedField[] = [];
  const kind = field('Вид_Key');
  const listKind = own(columns, 'ВидДляСписка_Key');
  if (kind !== undefined && listKind !== undefined && field('ВидДляСписка_Key') === undefined)
    added.push({ form: { kind: 'reference', wire: 'ВидДляСписка_Key', shape: listKind }, value: kind.value });
  const written = textOf(field('Представление'));
  const shape = own(columns, 'Значение');
  if (written !== '' && shape !== undefined && field('Значение') === undefined)
    added.push({
      form: { kind: 'scalar', wire: 'Значение', shape },
      value: { kind: 'scalar', value: valueOf(textOf(field('Тип')), written, textOf(field('НомерТелефона'))) },
    });
  return [...row, ...added];
}

/** What 1C or we have made out of Представление. */
const derived = new Set([
  'НомерТелефона',
  'НомерТелефонаБезКодов',
  'АдресЭП',
  'ДоменноеИмяСервера',
  'Значение',
  'ЗначенияПолей',
]);

/** A row whose Представление will be another: the number of the old one would be a wrong one from now on. */
export function withoutStale(before: Row, cells: Row): Row {
  const written = textAt(cells, 'Представление');
  if (written === '' || written === textAt(before, 'Представление')) return before;
  return Object.fromEntries(Object.entries(before).filter(([column]) => !derived.has(column)));
}

/** Значение as the standard library of 1C writes it. */
function valueOf(type: string, written: string, phone: string): string {
  if (type !== 'Телефон') return JSON.stringify({ value: written, type });
  const [, countryCode = '', areaCode = '', number = ''] = /^\+(7)(\d{3})(\d{7})$/.exec(phone) ?? [];
  return JSON.stringify({ value: written, type, countryCode, areaCode, number, extNumber: '' });
}

function textOf(field: PlannedField | undefined): string {
  return field?.value.kind === 'scalar' ? String(field.value.value) : '';
}
