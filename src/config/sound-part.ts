import type { Path, Problem } from '../files/validation.ts';

/** The value without what is wrong in it: each faulty leaf goes, or what holds it when the leaf is what is missing. */
export function soundPart(value: unknown, problems: readonly Problem[]): unknown {
  const copy: unknown = structuredClone(value);
  // The last ones first, so that the places of a list stay what they were.
  for (const { path } of problems.toReversed()) remove(copy, path);
  return copy;
}

function remove(value: unknown, path: Path): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return;
  const holder: unknown = Reflect.get(value, key);
  const deeper =
    rest.length > 0 &&
    typeof holder === 'object' &&
    holder !== null &&
    (rest.length > 1 || Reflect.has(holder, rest[0] ?? ''));
  if (deeper) remove(holder, rest);
  else if (Array.isArray(value)) value.splice(Number(key), 1);
  else Reflect.deleteProperty(value, key);
}
