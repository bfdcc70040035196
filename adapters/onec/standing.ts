import { createHash } from 'node:crypto';
import { isEntity, type Entity } from './difference.ts';
import { own } from './metadata.ts';

/** Whose an object is, as kept beside its Reference. Holds digests and no data. */
export interface Standing {
  /** Made by us: all of it may be changed. */
  readonly own: boolean;
  /** A person has said that this object is meant. */
  readonly chosen: boolean;
  /** By field, or section and row: what 1C held after our last write; the same today means that nobody changed it. */
  readonly digests: Readonly<Record<string, string>>;
}

export const stranger: Standing = { own: false, chosen: false, digests: {} };
export const ours: Standing = { own: true, chosen: false, digests: {} };

/** What a Reference's note says; undefined when it has none. */
export function readStanding(note: unknown): Standing | undefined {
  if (!isEntity(note) || typeof note['own'] !== 'boolean') return undefined;
  const digests = isEntity(note['digests']) ? note['digests'] : {};
  return {
    own: note['own'],
    chosen: note['chosen'] === true,
    digests: Object.fromEntries(Object.entries(digests).map(([name, digest]) => [name, String(digest)])),
  };
}

/** A digest of a value as 1C holds it, bound to object and field so that equal values of two people do not show. */
export function digestOf(key: string, name: string, value: unknown): string {
  const text = typeof value === 'string' ? value.trimEnd() : JSON.stringify(ordered(value));
  return createHash('sha256')
    .update(JSON.stringify([key.toLowerCase(), name, text]))
    .digest('hex')
    .slice(0, 16);
}

/** Rows come in whichever order of columns 1C likes. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  return isEntity(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : (value ?? null);
}

export function isUntouched(standing: Standing, key: string, name: string, value: unknown): boolean {
  return own(standing.digests, name) === digestOf(key, name, value);
}

/** The standing after a write: digests of what was written, as 1C holds it now, beside the earlier ones. */
export function afterWrite(standing: Standing, key: string, values: Entity): Standing {
  const written = Object.entries(values).map(([name, value]) => [name, digestOf(key, name, value)] as const);
  return { ...standing, digests: { ...standing.digests, ...Object.fromEntries(written) } };
}
