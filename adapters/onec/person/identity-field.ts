import { sameText } from '../compared-text.ts';
import { isEmpty, type Entity, sameValue, textAt } from '../difference.ts';
import { type Fields, own, type SetShape } from '../metadata.ts';

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

/** Whether it says something: an unfilled mask of СНИЛС is blanks and dashes, and zeros stand for none. */
export function isFilled(name: string, entity: Entity): boolean {
  const value = own(entity, name);
  if (numbers.has(name)) return /[1-9]/.test(textAt(entity, name));
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
