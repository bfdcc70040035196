import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

const truths: ReadonlySet<string> = new Set(['true', 'yes', 'y', 'on', '1', 'да', 'истина']);
const falsehoods: ReadonlySet<string> = new Set(['false', 'no', 'n', 'off', '0', 'нет', 'ложь']);

export function toBoolean(value: Json): Converted {
  if (typeof value === 'boolean') return converted(value);
  if (typeof value === 'string' || typeof value === 'number') {
    const word = String(value).trim().normalize('NFC').toLowerCase();
    if (truths.has(word)) return converted(true);
    if (falsehoods.has(word)) return converted(false);
  }
  return refused('здесь нужно да или нет (true/false, 1/0)', 'yes or no is needed here (true/false, 1/0, да/нет)');
}
