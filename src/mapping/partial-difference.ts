import type { Json, JsonObject } from '../huntflow/json.ts';
import { isObject } from '../huntflow/json.ts';
import type { Path } from '../files/validation.ts';
import { type Difference, differences } from './difference.ts';

/**
 * Where a record parts from what a test names of it (`expect: { partly: … }`); what the test does not name counts for
 * nothing. Paths are those of the expectation.
 */
export function partialDifferences(expected: Json, actual: Json, path: Path = []): Difference[] {
  if (isObject(expected) && isObject(actual))
    return Object.entries(expected).flatMap(([key, value]) =>
      partialDifferences(value, Object.hasOwn(actual, key) ? (actual[key] ?? null) : null, [...path, key]),
    );
  if (isListOfObjects(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return differences(expected, actual, path);
}

function listDifferences(expected: readonly JsonObject[], actual: readonly Json[], path: Path): Difference[] {
  const free = new Set(actual.keys());
  return expected.flatMap((item, index) => {
    const at = partnerOf(item, index, actual, free);
    if (at !== undefined) free.delete(at);
    return partialDifferences(item, at === undefined ? null : (actual[at] ?? null), [...path, index]);
  });
}

/**
 * The item that is meant: by its `as`, else by its verb and set (`upsert: Catalog_…`), else the one in the same place
 * unless another fits.
 */
function partnerOf(
  item: JsonObject,
  index: number,
  actual: readonly Json[],
  free: ReadonlySet<number>,
): number | undefined {
  const named = ['as', 'upsert', 'create', 'draft', 'withdraw'].find((key) => typeof item[key] === 'string');
  if (named !== undefined)
    return [...free].find((at) => {
      const other = actual[at];
      return isObject(other) && other[named] === item[named];
    });
  const fits = (at: number): boolean => partialDifferences(item, actual[at] ?? null).length === 0;
  if (free.has(index) && fits(index)) return index;
  return [...free].find(fits) ?? (free.has(index) ? index : undefined);
}

function isListOfObjects(value: Json): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item));
}
