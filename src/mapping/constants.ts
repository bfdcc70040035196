import { mixed } from 'yup';
import type { Json } from '../huntflow/json.ts';
import type { MappingContext } from './file/mapping-file.ts';
import { constantNumber } from '../report/masking/known-values.ts';
import { readVersion } from './file/kept-version.ts';
import type { Mapping } from './file/mapping.ts';
import type { MappingVersions } from './store/mapping-versions.ts';

/**
 * What the author of a mapping wrote into its record: names of fields and sets, codes, fixed values. They are nobody's
 * data, whatever they look like. Never throws: of a version that cannot be read there are none.
 */
export async function constantsOfVersion(
  versions: MappingVersions,
  context: MappingContext,
  { mappingHash, target }: { readonly mappingHash: string; readonly target: string },
): Promise<ReadonlySet<string>> {
  try {
    const version = await versions.find(mappingHash);
    if (version === undefined) return new Set();
    // The target may have gone since.
    const targets = new Map([[target, { record: mixed() }], ...context.targets]);
    const { mapping } = await readVersion(version.content, version.mapping, { ...context, targets });
    return mapping === undefined ? new Set() : constantsOf(mapping);
  } catch {
    return new Set();
  }
}

export function constantsOf({ record }: Pick<Mapping, 'record'>): ReadonlySet<string> {
  const found = new Set<string>();
  const open: Json[] = [record];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string') addConstant(found, value);
    else if (Array.isArray(value)) open.push(...value);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) {
        found.add(name);
        if (typeof item === 'number') found.add(constantNumber(name, item));
        open.push(item);
      }
  }
  return found;
}

/** A formula is none; a leading apostrophe keeps a literal `=`. */
function addConstant(found: Set<string>, text: string): void {
  if (!text.startsWith('=')) found.add(/^'+=/.test(text) ? text.slice(1) : text);
}
