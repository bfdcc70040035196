import type { Json } from '../../huntflow/json.ts';
import { toBoolean } from './boolean.ts';
import type { Converted } from './converted.ts';
import { toDate, toDateTime } from './date.ts';
import { toInn } from './inn.ts';
import { toDecimal, toInteger } from './number.ts';
import { toPhone } from './phone.ts';
import { toSnils } from './snils.ts';
import { toText } from './text.ts';

/** What `as:` of a mapping takes. */
export const conversionNames = [
  'string',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'phone',
  'snils',
  'inn',
] as const;

export type ConversionName = (typeof conversionNames)[number];

export function isConversionName(name: unknown): name is ConversionName {
  return conversionNames.some((known) => known === name);
}

/** `value` is neither null nor a blank text; `zone` is an IANA name. */
export function convert(name: ConversionName, value: Json, zone: string): Converted {
  switch (name) {
    case 'string':
      return toText(value);
    case 'integer':
      return toInteger(value);
    case 'decimal':
      return toDecimal(value);
    case 'boolean':
      return toBoolean(value);
    case 'date':
      return toDate(value);
    case 'datetime':
      return toDateTime(value, zone);
    case 'phone':
      return toPhone(value);
    case 'snils':
      return toSnils(value);
    case 'inn':
      return toInn(value);
  }
}
