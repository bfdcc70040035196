import { toInn } from '../mapping/conversions/inn.ts';
import { toSnils } from '../mapping/conversions/snils.ts';
import { drawDigits } from './draw.ts';
import { otherDigits } from './words.ts';

/** СНИЛС: `112-233-445 95` or eleven digits, told by its check digits or by the name of its field. */
export function isSnils(text: string, field: string): boolean {
  return toSnils(text).ok && (/^\s*\d{3}-\d{3}-\d{3}[ -]\d{2}\s*$/.test(text) || /snils|снилс/i.test(field));
}

export function isInn(text: string, field: string): boolean {
  return toInn(text).ok && (/inn(?![a-z])|инн/i.test(field) || /^\s*\d{12}\s*$/.test(text));
}

/** Numbers below 001-001-999 were given out before there was a check, so all of ours are above. */
export function fakeSnils(text: string): string {
  return written(text, '11122', 4, 2, (number) => toSnils(number).ok);
}

/** Of region 99, which no person's number has. */
export function fakeInn(text: string): string {
  const { length } = text.replaceAll(/\D/g, '');
  const checks = length === 12 ? 2 : 1;
  return written(text, `9900${'0'.repeat(length - 8 - checks)}`, 4, checks, (number) => toInn(number).ok);
}

/** Start, drawn digits, and the check digits that fit; in the form of the original. */
function written(
  form: string,
  start: string,
  drawn: number,
  checks: number,
  fits: (number: string) => boolean,
): string {
  const own = form.replaceAll(/\D/g, '');
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const body = `${start}${drawDigits(own, drawn, `number ${attempt}`)}`;
    for (let check = 0; check < 10 ** checks; check += 1) {
      const number = `${body}${String(check).padStart(checks, '0')}`;
      if (number !== own && fits(number)) return inForm(form, number);
    }
  }
  return inForm(form, otherDigits(own));
}

function inForm(form: string, digits: string): string {
  let at = 0;
  return form.replaceAll(/\d/g, () => digits[at++] ?? '');
}
