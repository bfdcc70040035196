import type { Json } from '../../huntflow/json.ts';
import { plainDigits } from '../../huntflow/plain-digits.ts';
import { converted, type Converted, refused } from './converted.ts';

/** Spaces that people and office programs put between thousands: plain, no-break, thin, narrow no-break. */
const spaces = /[ \u00A0\u2009\u202F]/g;
const form = /^([+\-−]?)(\d+|\d{1,3}(?:[ \u00A0\u2009\u202F]\d{3})+)(?:[.,](\d+))?$/;

interface Digits {
  readonly sign: '' | '-';
  readonly whole: string;
  readonly fraction: string;
}

function digitsOf(value: Json): Digits | undefined {
  // digits are lost already
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = form.exec(typeof value === 'number' ? plainDigits(String(value)) : value.trim());
  if (match === null) return undefined;
  const [, sign, groups = '', fraction = ''] = match;
  const whole = groups.replace(spaces, '').replace(/^0+(?=\d)/, '');
  const zero = /^0*$/.test(whole + fraction);
  return { sign: (sign === '-' || sign === '−') && !zero ? '-' : '', whole, fraction };
}

/** A JSON number. `1 234`, `1234` and `1234,00` are whole; three decimal zeros are refused, they may be thousands. */
export function toInteger(value: Json): Converted {
  const digits = digitsOf(value);
  if (digits === undefined || !/^(00?)?$/.test(digits.fraction))
    return refused('здесь нужно целое число', 'a whole number is needed here');
  const number = Number(digits.sign + digits.whole);
  return Number.isSafeInteger(number) ? converted(number) : refused('число слишком большое', 'the number is too large');
}

/**
 * A text with a point, every digit as written: `1 234,50` becomes `1234.50`. Never through a float, so that no digit is
 * rounded; a JSON number would be one.
 */
export function toDecimal(value: Json): Converted {
  const digits = digitsOf(value);
  if (digits === undefined) return refused('здесь нужно число вида 1234.50', 'a number like 1234.50 is needed here');
  return converted(`${digits.sign}${digits.whole}${digits.fraction === '' ? '' : `.${digits.fraction}`}`);
}
