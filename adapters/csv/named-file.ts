import { isPlainObject } from '../../src/toolkit.ts';

/** A file of Huntflow's that stands beside the row; its cell gets the file's name. */
export interface NamedFile {
  readonly file: string | number;
  readonly name?: string | null | undefined;
}

export function isNamedFile(value: unknown): value is NamedFile {
  if (!isPlainObject(value)) return false;
  const { file, name, ...more } = value;
  return (
    (typeof file === 'string' || typeof file === 'number') &&
    (name === undefined || name === null || typeof name === 'string') &&
    Object.keys(more).length === 0
  );
}
