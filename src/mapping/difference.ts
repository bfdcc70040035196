import type { Json } from '../huntflow/json.ts';
import { isObject } from '../huntflow/json.ts';
import type { Text } from '../text.ts';
import type { Path } from '../files/validation.ts';
import { fieldPath } from './record/field-path.ts';

export interface Difference {
  readonly path: Path;
  /** Null for no value. */
  readonly expected: Json;
  readonly actual: Json;
}

/** Where two records part. The order of keys does not count, and a key that is missing equals null. */
export function differences(expected: Json, actual: Json, path: Path = []): Difference[] {
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => differences(at(expected, key), at(actual, key), [...path, key]));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => differences(item, actual[index] ?? null, [...path, index]));
  }
  return Object.is(expected, actual) || JSON.stringify(expected) === JSON.stringify(actual)
    ? []
    : [{ path, expected, actual }];
}

export function differenceText({ path, expected, actual }: Difference): Text {
  const field = fieldPath(path);
  return {
    ru: `${field === '' ? '' : `«${field}»: `}ожидалось ${shown(expected)}, получилось ${shown(actual)}`,
    en: `${field === '' ? '' : `"${field}": `}expected ${shown(expected)}, got ${shown(actual)}`,
  };
}

function at(object: Readonly<Record<string, Json>>, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

/** Characters of a value: what differs may stand at its end. */
const shownLength = 2_000;

function shown(value: Json): string {
  const json = JSON.stringify(value);
  return json.length > shownLength ? `${json.slice(0, shownLength - 1)}…` : json;
}
