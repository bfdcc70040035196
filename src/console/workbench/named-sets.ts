import type { Json } from '../../huntflow/json.ts';

const verbs = ['upsert', 'create', 'draft', 'withdraw', 'find', 'read'] as const;
const listed = ['match', 'identity', 'owns'] as const;
const keyed = ['fields', 'keys', 'rows', 'by'] as const;

/** The sets of the target that a record names, each with the fields it names there. */
export function namedSets(record: Json): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const open: Json[] = [record];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...value);
    else if (typeof value === 'object' && value !== null) {
      open.push(...Object.values(value));
      const set = verbs.map((verb) => own(value, verb)).find((name) => typeof name === 'string');
      if (typeof set !== 'string') continue;
      const fields = found.get(set) ?? new Set<string>();
      found.set(set, fields);
      for (const key of keyed) for (const name of keysOf(own(value, key))) fields.add(name);
      for (const key of listed) for (const name of textsOf(own(value, key))) fields.add(name);
    }
  }
  return found;
}

function own(value: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function keysOf(value: Json | undefined): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(textsOf) : [];
}
