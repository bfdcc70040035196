import type { Json, JsonObject } from './json.ts';

type Draft = Json[] | Record<string, Json>;

/**
 * The document without nulls: keys whose value is null and null items of lists are left out, everything else keeps its
 * order. What has none is not copied, so the result shares it with the document, which stays as it was. Walks with a
 * list of its own, so that no depth of nesting ends the process.
 */
export function withoutNulls(document: JsonObject): JsonObject {
  const open: Open[] = [{ from: document, keys: keysOf(document), next: 0, to: undefined }];
  for (;;) {
    const top = open.at(-1);
    if (top === undefined) return document;
    const child = step(top);
    if (child !== undefined) open.push(child);
    else if (top.next >= lengthOf(top)) {
      open.pop();
      const parent = open.at(-1);
      if (parent === undefined) return isList(top.to) || top.to === undefined ? document : top.to;
      if (top.to !== undefined) copied(parent, parent.next - 1);
      if (parent.to !== undefined) put(parent.to, keyAt(parent, parent.next - 1), top.to ?? top.from);
    }
  }
}

/** A list or object whose items are looked at, from `next` on; `to`: the copy, once one is needed. */
interface Open {
  readonly from: Json[] | JsonObject;
  readonly keys: readonly string[] | undefined;
  next: number;
  to: Draft | undefined;
}

/** Goes on to the next child that has items of its own, or to the end. */
function step(top: Open): Open | undefined {
  const length = lengthOf(top);
  while (top.next < length) {
    const at = top.next;
    const item = itemAt(top, at);
    top.next += 1;
    if (item === null) copied(top, at);
    else if (typeof item === 'object' && (Array.isArray(item) ? item.length > 0 : true)) {
      const keys = keysOf(item);
      if (keys === undefined || keys.length > 0) return { from: item, keys, next: 0, to: undefined };
      if (top.to !== undefined) put(top.to, keyAt(top, at), item);
    } else if (top.to !== undefined) put(top.to, keyAt(top, at), item);
  }
  return undefined;
}

/** Begins a copy with what stands before this place. */
function copied(top: Open, before: number): void {
  if (top.to !== undefined) return;
  const to: Draft = Array.isArray(top.from) ? [] : {};
  for (let at = 0; at < before; at += 1) put(to, keyAt(top, at), itemAt(top, at));
  top.to = to;
}

function keysOf(value: Json[] | JsonObject): readonly string[] | undefined {
  return isList(value) ? undefined : Object.keys(value);
}

function lengthOf({ from, keys }: Open): number {
  return isList(from) ? from.length : (keys?.length ?? 0);
}

function keyAt({ keys }: Open, at: number): string {
  return keys?.[at] ?? '';
}

function itemAt({ from, keys }: Open, at: number): Json {
  return (isList(from) ? from[at] : from[keys?.[at] ?? '']) ?? null;
}

function isList(value: Draft | JsonObject | undefined): value is Json[] {
  return Array.isArray(value);
}

/** An assignment to `__proto__` would change what the object inherits; the key of a document is only a key. */
function put(to: Draft, key: string, value: Json): void {
  if (isList(to)) to.push(value);
  else if (key === '__proto__')
    Object.defineProperty(to, key, { value, enumerable: true, configurable: true, writable: true });
  else to[key] = value;
}
