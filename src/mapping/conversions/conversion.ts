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

/** Characters of a number, a date or a phone that are looked at. */
const longest = 1_000;

/** `value` is neither null nor a blank text; `zone` is an IANA name. */
export function convert(name: ConversionName, value: Json, zone: string): Converted {
  // Nothing but a text is that long, and a cut one is refused like what it began as.
  if (typeof value === 'string' && value.length > longest && name !== 'string')
    return convert(name, `${value.slice(0, longest - 1)}…`, zone);
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
