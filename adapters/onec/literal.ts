import type { Scalar } from './wire-value.ts';

/** A literal for a key or a filter (facts/1c.md 1.5, 1.6); apostrophes are doubled. */
export function literal(type: string, value: Scalar): string {
  switch (type) {
    case 'Edm.Guid':
      return guid(String(value));
    case 'Edm.DateTime':
      return `datetime'${value}'`;
    case 'Edm.String':
      return quoted(String(value));
    default:
      return String(value);
  }
}

export function guid(key: string): string {
  return `guid'${key}'`;
}

/** A reference in a field of several types: without `cast` 1C answers an empty set and no error (facts/1c.md 1.6). */
export function castKey(key: string, set: string): string {
  return `cast(${guid(key)},${quoted(set)})`;
}

export function contains(field: string, needle: string): string {
  return `substringof(${quoted(needle)},${field}) eq true`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
