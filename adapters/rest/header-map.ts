import { mixed } from 'yup';
import type { Text } from '../../src/adapter.ts';

export type HeaderMap = Readonly<Record<string, string | number | boolean | null>>;

const say = (ru: string, en: string) => (): Text => ({ ru, en });

// The connection's own, and what carries identity: a record must not speak for somebody else or undo the dedupe.
export const ownHeaders: readonly string[] = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'idempotency-key',
];
export const credentialHeaders: readonly string[] = ['authorization', 'proxy-authorization', 'cookie'];

/** Names that a record may not set, in lower case. */
export function isReserved(name: string): boolean {
  return ownHeaders.includes(name.toLowerCase()) || credentialHeaders.includes(name.toLowerCase());
}

/** yup schema of headers that leaves some names to the adapter. */
export function headerMap(reserved: readonly string[]) {
  return mixed<HeaderMap>()
    .nullable()
    .meta({ written: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } } })
    .test(
      'map',
      say('headers: набор «имя: значение»', 'headers: a set of `name: value`'),
      (value) => value === null || value === undefined || isMapOf(value, isScalar),
    )
    .test('reserved', (value, context) => {
      const name = Object.keys(value ?? {}).find((one) => reserved.includes(one.toLowerCase()));
      if (name === undefined) return true;
      return context.createError({
        path: `${context.path}["${name}"]`,
        message: say(
          `headers: ${name} здесь задать нельзя, его ставит сам адаптер`,
          `headers: ${name} cannot be set here, the adapter sets it itself`,
        ),
      });
    });
}

export function isMapOf(value: unknown, isValue: (one: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isValue);
}

export function isScalar(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  );
}
