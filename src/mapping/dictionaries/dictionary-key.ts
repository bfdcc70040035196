import type { Json } from '../../huntflow/json.ts';

/**
 * How keys are compared: as text without spaces around it, й and ё in one piece (NFC); undefined for lists and objects.
 */
export function dictionaryKey(value: Json): string | undefined {
  if (value === null || typeof value === 'object') return undefined;
  return String(value).normalize('NFC').trim();
}
