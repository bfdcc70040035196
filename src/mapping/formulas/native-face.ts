/**
 * jsonata reads the parameters of a native function from its source, for partial application, and $map and its kin hand
 * it as many arguments as its length says: a function that stands in for another shows that one's.
 */
export function withFace<F extends (...args: never[]) => unknown>(
  standIn: F,
  face: { readonly length: number; readonly source: string },
): F {
  return Object.defineProperties(standIn, {
    length: { value: face.length },
    toString: { value: () => face.source },
  });
}
