import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

/**
 * `112-233-445 95`; the last two digits are checked (numbers up to 001-001-998 were given out before there was a
 * check).
 */
export function toSnils(value: Json): Converted {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value).padStart(11, '0') : value;
  const digits = typeof text === 'string' ? text.replace(/[\s\-‐‑–—\u00A0]/g, '') : '';
  if (!/^\d{11}$/.test(digits) || /^0{9}/.test(digits))
    return refused('здесь нужен СНИЛС: 11 цифр', 'a SNILS is needed here: 11 digits');
  if (Number(digits.slice(0, 9)) > 1_001_998 && checkDigits(digits) !== digits.slice(9)) {
    return refused('контрольное число СНИЛС не сходится', 'the check digits of the SNILS are wrong');
  }
  return converted(`${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6, 9)} ${digits.slice(9)}`);
}

function checkDigits(digits: string): string {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (9 - place);
  return String((sum % 101) % 100).padStart(2, '0');
}
