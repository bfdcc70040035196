/** Where a value stands in a record. */
export type Path = readonly (string | number)[];

export interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean | null;
}

/** Every value of a record that is no list and no group, in its order. */
export function leavesOf(record: unknown, path: Path = []): readonly Leaf[] {
  if (isLeaf(record)) return [{ path, value: record }];
  if (Array.isArray(record)) return record.flatMap((each: unknown, place) => leavesOf(each, [...path, place]));
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).flatMap(([name, each]) => leavesOf(each, [...path, name]));
}

/** The same record with one value changed. */
export function withLeaf(record: unknown, [first, ...rest]: Path, value: Leaf['value']): unknown {
  if (first === undefined) return value;
  if (Array.isArray(record))
    return record.map((each: unknown, place) => (place === first ? withLeaf(each, rest, value) : each));
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, each]) => [name, name === first ? withLeaf(each, rest, value) : each]),
  );
}

/** What somebody typed, as the kind of value that stood there: what is no number any more is a text. */
export function typedAs(before: Leaf['value'], typed: string): Leaf['value'] {
  if (typeof before === 'number') {
    const number = Number(typed.replace(',', '.'));
    return typed.trim() === '' || Number.isNaN(number) ? typed : number;
  }
  if (typeof before === 'boolean') return typed === 'true';
  return before === null && typed === '' ? null : typed;
}

/** Places of lists counted from 1, as people count. */
export function pathInWords(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? `${part + 1}` : part)).join(' › ');
}

function isLeaf(value: unknown): value is Leaf['value'] {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
