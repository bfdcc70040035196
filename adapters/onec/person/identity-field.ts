import { sameText } from '../compared-text.ts';
import { isEmpty, type Entity, sameValue, textAt } from '../difference.ts';
import type { Fields } from '../field-shape.ts';
import { own, type SetShape } from '../metadata.ts';

export const personSet = 'Catalog_ФизическиеЛица';

const numbers: ReadonlySet<string> = new Set(['СтраховойНомерПФР', 'ИНН']);

/** Fields of which nobody has two: what `identity` is for a person when a step says nothing. */
export function usualIdentity(set: SetShape): readonly string[] {
  if (set.name !== personSet) return [];
  return ['СтраховойНомерПФР', 'ИНН', 'ДатаРождения'].filter((name) => own(set.fields, name) !== undefined);
}

/** A number that the state gives one person. */
export function isNumber(name: string): boolean {
  return numbers.has(name);
}

/** Days before this one fill a field in forms that insist on one (0001-01-01, 1900-01-01): nobody hired is that old. */
const firstBirthday = '1910';

/**
 * Whether it says something: an unfilled mask of СНИЛС is blanks and dashes, zeros stand for none, and a filler birthday
 * is shared by thousands.
 */
export function isFilled(name: string, entity: Entity): boolean {
  const value = own(entity, name);
  if (numbers.has(name)) return /[1-9]/.test(textAt(entity, name));
  if (name === 'ДатаРождения') return textAt(entity, name) >= firstBirthday;
  return !isEmpty(value) && !(typeof value === 'string' && value.trim() === '');
}

export function sameField(fields: Fields, name: string, a: Entity, b: Entity): boolean {
  if (numbers.has(name)) return digits(textAt(a, name)) === digits(textAt(b, name));
  const type = own(fields, name)?.type ?? '';
  // A birthday is a day, whatever hour stands beside it.
  if (type === 'Edm.DateTime') return textAt(a, name).slice(0, 10) === textAt(b, name).slice(0, 10);
  return type === 'Edm.String'
    ? sameText(textAt(a, name), textAt(b, name))
    : sameValue(type, own(a, name), own(b, name));
}

export function digits(text: string): string {
  return text.replace(/\D/g, '');
}
