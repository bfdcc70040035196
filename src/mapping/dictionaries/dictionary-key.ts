import type { Json } from '../../huntflow/json.ts';

/**
 * How keys are compared: as text without spaces around it, every kind of blank as one space, without invisible
 * characters, й and ё in one piece (NFC); undefined for lists and objects.
 */
export function dictionaryKey(value: Json): string | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const text = String(value);
  // Most keys are plain ids, and each lookup comes here.
  if (/^[\w.-]*$/.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
