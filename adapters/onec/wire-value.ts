import type { Text } from '../../src/adapter.ts';
import type { FieldShape } from './field-shape.ts';
import { emptyKey, isKey } from './object-key.ts';

/** A value as both formats write it; Edm.Int64 is a text in JSON (facts/1c.md 1.4). */
export type Scalar = string | number | boolean;

export type Checked = { readonly value: Scalar } | { readonly problem: Text };

/**
 * The value as 1C takes it for this type, or why it will not do. The value itself is never quoted: it may be personal.
 */
export function checkedValue(shape: FieldShape, value: Scalar): Checked {
  switch (shape.type) {
    case 'Edm.String':
      return checkedText(shape, String(value));
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? { value } : wrong('true или false', 'true or false');
    case 'Edm.Guid':
      return checkedKey(value);
    case 'Edm.DateTime':
      return checkedDate(value);
    case 'Edm.Int64':
      return /^-?\d{1,19}$/.test(String(value)) ? { value: String(value) } : wrong('целое число', 'a whole number');
    case 'Edm.Int16':
      return checkedInteger(value, 2 ** 15);
    case 'Edm.Int32':
      return checkedInteger(value, 2 ** 31);
    case 'Edm.Double':
    case 'Edm.Single':
    case 'Edm.Decimal':
      return checkedNumber(value);
    default:
      return { value };
  }
}

/** What clears a field of this type: 1C has no null (facts/1c.md 1.4). */
export function emptyValue(shape: FieldShape): Scalar {
  switch (shape.type) {
    case 'Edm.Boolean':
      return false;
    case 'Edm.Guid':
      return emptyKey;
    case 'Edm.DateTime':
      return '0001-01-01T00:00:00';
    case 'Edm.Int64':
      return '0';
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Double':
    case 'Edm.Single':
    case 'Edm.Decimal':
      return 0;
    default:
      return '';
  }
}

function checkedText(shape: FieldShape, text: string): Checked {
  if (!text.isWellFormed()) return wrong('текст без половин символов', 'a text without half characters');
  const length = text.length;
  if (shape.maxLength === undefined || length <= shape.maxLength) return { value: text };
  return {
    problem: {
      ru: `${length} символов, а в 1С помещается ${shape.maxLength}; сократите значение (1С обрезала бы его молча)`,
      en:
        `${length} characters, 1C has room for ${shape.maxLength}; shorten the value (1C would cut it without ` +
        'a word)',
    },
  };
}

function checkedKey(value: Scalar): Checked {
  return typeof value === 'string' && isKey(value)
    ? { value: value.toLowerCase() }
    : wrong('GUID вида 01234567-89ab-…', 'a GUID like 01234567-89ab-…');
}

function checkedDate(value: Scalar): Checked {
  const match = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?$/.exec(value) : null;
  const whole = match === null ? '' : `${match[1] ?? ''}T${match[2] ?? '00:00:00'}`;
  // A naive wall time (facts/1c.md 0.9); Date only proves that the day exists.
  const moment = match === null ? undefined : new Date(`${whole}Z`);
  if (moment === undefined || Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(whole)) {
    return wrong(
      'дата вида 2026-12-01 или 2026-12-01T09:00:00, без пояса',
      'a date like 2026-12-01 or 2026-12-01T09:00:00, without a zone',
    );
  }
  return { value: whole };
}

function checkedInteger(value: Scalar, limit: number): Checked {
  const number = typeof value === 'boolean' || value === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= -limit && number < limit
    ? { value: number }
    : wrong('целое число', 'a whole number');
}

function checkedNumber(value: Scalar): Checked {
  const number = typeof value === 'boolean' || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? { value: number } : wrong('число', 'a number');
}

function wrong(ru: string, en: string): Checked {
  return { problem: { ru: `здесь нужно: ${ru}`, en: `this needs ${en}` } };
}
