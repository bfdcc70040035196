import type { Adapter } from '../adapter.ts';
import { property } from '../process/property.ts';

/** Whom a record goes to, as `holds` of the adapter's errors names it; undefined: nobody in particular. */
export function holdNameOf(adapter: Adapter<never>, record: unknown): string | undefined {
  const own = property(adapter, 'holdName');
  try {
    const name: unknown = typeof own === 'function' ? Reflect.apply(own, adapter, [record]) : property(record, 'to');
    return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
  } catch {
    return undefined; // somebody else's code; the delivery is tried as if nothing were held
  }
}
