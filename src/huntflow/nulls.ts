import type { Json, JsonObject } from './json.ts';

type Draft = Json[] | Record<string, Json>;

/**
 * A copy without nulls: keys whose value is null and null items of lists are left out, everything else keeps its order.
 * Walks with a list of its own, so that no depth of nesting ends the process.
 */
export function withoutNulls(document: JsonObject): JsonObject {
  const root: Record<string, Json> = {};
  const open: { readonly from: Json[] | JsonObject; readonly to: Draft }[] = [{ from: document, to: root }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [key, item] of Object.entries(next.from)) {
      if (item === null) continue;
      if (typeof item === 'object') {
        const copy: Draft = Array.isArray(item) ? [] : {};
        put(next.to, key, copy);
        open.push({ from: item, to: copy });
      } else put(next.to, key, item);
    }
  }
  return root;
}

/** An assignment to `__proto__` would change what the object inherits; the key of a document is only a key. */
function put(to: Draft, key: string, value: Json): void {
  if (Array.isArray(to)) to.push(value);
  else if (key === '__proto__')
    Object.defineProperty(to, key, { value, enumerable: true, configurable: true, writable: true });
  else to[key] = value;
}
