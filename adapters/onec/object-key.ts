import { v5 } from 'uuid';
import type { EntityName } from '../../src/adapter.ts';

/** Ours alone and fixed for ever: another value would make a second object for everything sent before. */
const namespace = '0ff4d70f-c520-49a8-8c4b-db6bf68d2bd3';

export const emptyKey = '00000000-0000-0000-0000-000000000000';

/** The Ref_Key that we give to an object of 1C: uuid v5 over the JSON list of scope, kind, id, role and entity set. */
export function objectKey(scope: string, entity: EntityName): string {
  return v5(JSON.stringify([scope, entity.kind, String(entity.id), entity.role ?? '', entity.set]), namespace);
}

export function isKey(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}

/** 1C answers in lower case, people paste in upper. */
export function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
