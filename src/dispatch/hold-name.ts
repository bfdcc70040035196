import type { Adapter } from '../adapter.ts';

/** Whom a record goes to, as `holds` of the adapter's errors names it; undefined: nobody in particular. */
export function holdNameOf(adapter: Adapter<never>, record: unknown): string | undefined {
  const own: unknown = Reflect.get(adapter, 'holdName');
  try {
    const name: unknown = typeof own === 'function' ? Reflect.apply(own, adapter, [record]) : addressOf(record);
    return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
  } catch {
    return undefined; // somebody else's code; the delivery is tried as if nothing were held
  }
}

function addressOf(record: unknown): unknown {
  return typeof record === 'object' && record !== null ? Reflect.get(record, 'to') : undefined;
}
