import jsonata from 'jsonata';
import { withFace } from './native-face.ts';
import { isFormulaFunction, textLimit } from './plain.ts';
import { property } from '../../process/property.ts';

/** Built-in functions that work a text through in one piece, with their signatures in jsonata 2.2.2. */
const signatures: Readonly<Record<string, string>> = {
  string: '<x-b?:s>',
  substring: '<s-nn?:s>',
  substringBefore: '<s-s:s>',
  substringAfter: '<s-s:s>',
  lowercase: '<s-:s>',
  uppercase: '<s-:s>',
  length: '<s-:n>',
  trim: '<s-:s>',
  pad: '<s-ns?:s>',
  match: '<s-f<s:o>n?:a<o>>',
  contains: '<s-(sf):b>',
  replace: '<s-(sf)(sf)n?:s>',
  split: '<s-(sf)n?:a<s>>',
  join: '<a<s>s?:s>',
  number: '<(nsb)-:n>',
  lookup: '<x-s:x>',
  base64encode: '<s-:s>',
  base64decode: '<s-:s>',
  encodeUrlComponent: '<s-:s>',
  encodeUrl: '<s-:s>',
  decodeUrlComponent: '<s-:s>',
  decodeUrl: '<s-:s>',
  eval: '<sx?:x>',
  toMillis: '<s-s?:n>',
};

/** These make something far larger than the text itself. */
const lowerLimits: Readonly<Record<string, number>> = {
  split: 1_000_000,
  match: 1_000_000,
  encodeUrl: 1_000_000,
  encodeUrlComponent: 1_000_000,
  eval: 10_000,
};

type Implementation = (this: jsonata.Focus, ...args: readonly unknown[]) => unknown;

function guard(original: Implementation, size: SizeOf, limit: number): Implementation {
  function guardedFunction(this: jsonata.Focus, ...args: readonly unknown[]): unknown {
    let room = limit;
    for (const [place, arg] of args.entries()) {
      room -= size(arg, place, room);
      if (room < 0) throw new RangeError('text limit');
    }
    return original.apply(this, [...args]);
  }
  return withFace(guardedFunction, { length: original.length, source: original.toString() });
}

/** Characters that an argument brings along, or more than there is room for. */
type SizeOf = (arg: unknown, place: number, room: number) => number;

const sizes: Readonly<Record<string, SizeOf>> = {
  string: (arg, _, room) => deepSize(arg, room),
  join: (arg, _, room) => deepSize(arg, room),
  // its second argument is the width that it fills up
  pad: (arg, place) => (place === 1 && typeof arg === 'number' ? Math.abs(arg) : textSize(arg)),
};

function textSize(arg: unknown): number {
  return typeof arg === 'string' ? arg.length : 0;
}

/** Characters in all texts within; stops counting once there is no room left. A function is an empty text. */
function deepSize(value: unknown, room: number): number {
  let size = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && size <= room) {
    const next = open.pop();
    if (typeof next === 'string') size += next.length;
    else if (typeof next !== 'object' || next === null) size += 1;
    else if (!isFormulaFunction(next)) for (const item of Object.values(next)) open.push(item);
    size += 1;
  }
  return size;
}

function implementationOf(builtIn: unknown): Implementation {
  const implementation = property(builtIn, 'implementation');
  if (!isImplementation(implementation)) throw new TypeError('jsonata has no such function');
  return implementation;
}

function isImplementation(value: unknown): value is Implementation {
  return typeof value === 'function';
}

/**
 * V8 ends the whole process, not the worker, when a single allocation does not fit any more (measured: $uppercase and
 * $split of 300 MB). So no built-in function gets a text that long; everything smaller meets the worker's own limit
 * first.
 */
const guarded: readonly (readonly [name: string, implementation: Implementation, signature: string])[] =
  await Promise.all(
    Object.entries(signatures).map(async ([name, signature]) => {
      const builtIn: unknown = await jsonata(`$${name}`).evaluate({});
      const size = sizes[name] ?? textSize;
      return [name, guard(implementationOf(builtIn), size, lowerLimits[name] ?? textLimit), signature] as const;
    }),
  );

export function limitTexts(formula: jsonata.Expression): void {
  for (const [name, implementation, signature] of guarded) formula.registerFunction(name, implementation, signature);
}
