import jsonata from 'jsonata';

/** The largest body kept is 10 MB, so no text that comes from data is longer. */
export const textLimit = 12_000_000;

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

/**
 * V8 ends the whole process, not the worker, when a single allocation does not fit any more (measured: $uppercase and
 * $split of 300 MB). So no built-in function gets a text that long; everything smaller meets the worker's own limit
 * first.
 */
const guarded: readonly (readonly [name: string, implementation: Implementation, signature: string])[] =
  await Promise.all(
    Object.entries(signatures).map(async ([name, signature]) => {
      const builtIn: unknown = await jsonata(`$${name}`).evaluate({});
      return [
        name,
        guard(implementationOf(builtIn), lowerLimits[name] ?? textLimit, name === 'string' || name === 'join'),
        signature,
      ] as const;
    }),
  );

export function limitTexts(formula: jsonata.Expression): void {
  for (const [name, implementation, signature] of guarded) formula.registerFunction(name, implementation, signature);
}

function guard(original: Implementation, limit: number, deep: boolean): Implementation {
  function guardedFunction(this: jsonata.Focus, ...args: readonly unknown[]): unknown {
    let room = limit;
    for (const [place, arg] of args.entries()) {
      room -= deep ? sizeOf(arg, room) : shallowSize(arg, place);
      if (room < 0) throw new RangeError('text limit');
    }
    return original.apply(this, [...args]);
  }
  // $map and its kin hand a function as many arguments as its length says.
  return Object.defineProperty(guardedFunction, 'length', { value: original.length });
}

/** A number in second place is the width that $pad fills up. */
function shallowSize(arg: unknown, place: number): number {
  if (typeof arg === 'string') return arg.length;
  return typeof arg === 'number' && place === 1 ? Math.abs(arg) : 0;
}

/** Characters in all texts within; stops counting once there is no room left. */
function sizeOf(value: unknown, room: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 0;
  for (const item of Object.values(value)) {
    size += 1 + sizeOf(item, room - size);
    if (size > room) break;
  }
  return size;
}

function implementationOf(builtIn: unknown): Implementation {
  const implementation: unknown =
    typeof builtIn === 'object' && builtIn !== null ? Reflect.get(builtIn, 'implementation') : undefined;
  if (!isImplementation(implementation)) throw new TypeError('jsonata has no such function');
  return implementation;
}

function isImplementation(value: unknown): value is Implementation {
  return typeof value === 'function';
}
