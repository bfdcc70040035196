/**
 * What stands under a name in a value of which nothing is known; undefined where there is none, also when reading it
 * throws: it may be a getter or a proxy of somebody's own.
 */
export function property(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}
