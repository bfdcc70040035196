import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject } from './plain-object.ts';

/** Beside the build of a checkout: what it was made of, each file with its `fileMark`. */
export const recordOfBuild = 'dist/program.json';

/** Changes whenever a file is written. */
export function fileMark(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

/**
 * The program that `npm ci` has built in a checkout, which takes two thirds of the time to start; undefined when anything
 * that it was made of has changed since. To see that takes some milliseconds.
 */
export function builtProgram(root: string): string | undefined {
  try {
    const marks: unknown = JSON.parse(readFileSync(join(root, recordOfBuild), 'utf8'));
    if (!isPlainObject(marks)) return undefined;
    const isCurrent = Object.entries(marks).every(([file, mark]) => fileMark(join(root, file)) === mark);
    return isCurrent ? join(root, 'dist/src/main.js') : undefined;
  } catch {
    return undefined; // never built, or one of its sources has gone
  }
}
