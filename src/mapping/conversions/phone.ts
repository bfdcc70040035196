import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

/** What people put between digits; the minus signs and spaces of office programs included. */
const separators = /[\s().\-‐‑‒–—−\u00A0]/g;

/** E.164. A number without a plus is read as Russian: 8 900 …, 7 900 … or ten digits. */
export function toPhone(value: Json): Converted {
  const text = typeof value === 'number' ? String(value) : value;
  const digits = typeof text === 'string' ? text.normalize('NFKC').replace(/^\s*(?:tel|тел)[.:\s]*/i, '').replace(separators, '') : '';
  const number = e164(digits);
  return number === undefined
    ? refused('здесь нужен один телефонный номер без добавочного', 'a single phone number without an extension is needed here')
    : converted(number);
}

function e164(digits: string): string | undefined {
  if (digits.startsWith('+7')) return /^\+7[3-9]\d{9}$/.test(digits) ? digits : undefined;
  if (digits.startsWith('+')) return /^\+[1-9]\d{7,14}$/.test(digits) ? digits : undefined;
  const russian = /^[78]?([3-9]\d{9})$/.exec(digits);
  return russian ? `+7${russian[1]}` : undefined;
}
