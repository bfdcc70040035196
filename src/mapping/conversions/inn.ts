import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

const organisation = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const personFirst = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const personSecond = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/**
 * 12 digits of a person or 10 of an organisation, with their check digits. A number that lost its leading zero gets it
 * back.
 */
export function toInn(value: Json): Converted {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? withZeros(String(value)) : value;
  const digits = typeof text === 'string' ? text.replace(/[\s\u00A0]/g, '') : '';
  if (!/^(\d{10}|\d{12})$/.test(digits) || /^0+$/.test(digits))
    return refused('здесь нужен ИНН: 10 или 12 цифр', 'an INN is needed here: 10 or 12 digits');
  const fits =
    digits.length === 10
      ? check(digits, organisation) === Number(digits[9])
      : check(digits, personFirst) === Number(digits[10]) && check(digits, personSecond) === Number(digits[11]);
  return fits ? converted(digits) : refused('контрольное число ИНН не сходится', 'the check digit of the INN is wrong');
}

function withZeros(digits: string): string {
  return digits.length <= 10 ? digits.padStart(10, '0') : digits.padStart(12, '0');
}

function check(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [place, weight] of weights.entries()) sum += Number(digits[place]) * weight;
  return (sum % 11) % 10;
}
