import type { Profile } from '../huntflow/person.ts';

/** Words of a name that count; nobody has more. */
const most = 12;

/** Words as they are compared: composed, lower case, `ё` as `е`; what stands between them does not matter. */
export function nameWords(text: string): string[] {
  const plain = text.slice(0, 1000).normalize('NFC').toLowerCase().replaceAll('ё', 'е');
  return [...new Set(plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])].slice(0, most);
}

export function plainMail(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** The last ten digits: Russian numbers are written with +7, with 8 and with neither. Undefined: too few to be one. */
export function plainPhone(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length < 7 ? undefined : digits.slice(-10);
}

/** Surname, first name and patronymic, as people write them. */
export function fullName({ last, first, middle }: Profile): string {
  return [last, first, middle].filter((part) => part !== undefined).join(' ');
}
