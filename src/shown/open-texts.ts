import type { Catalogued } from '../adapter.ts';
import { constantsOfVersion } from '../mapping/constants.ts';
import type { MappingContext } from '../mapping/file/mapping-file.ts';
import type { MappingVersions } from '../mapping/store/mapping-versions.ts';
import type { OpenCause } from '../outbox/open-causes.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { openNames } from '../report/masking/open-names.ts';
import type { Target } from '../targets/target.ts';
import type { Text } from '../text.ts';

/** A target with its adapter's class. */
export type NamedTarget = Pick<Target, 'name' | 'adapter'>;

interface OpenTextsParts {
  readonly versions: MappingVersions;
  readonly mappings: { readonly context: MappingContext };
  readonly targets: readonly NamedTarget[];
}

/**
 * Texts of a record that are shown to whoever sees the rest masked, and why: what the mapping wrote itself names
 * nobody, and an entry of a catalog (a position, a division) has to be told to whoever adds it.
 */
export async function openTexts(
  { versions, mappings, targets }: OpenTextsParts,
  delivery: { readonly mappingHash: string; readonly target: string },
  stored: string | null,
): Promise<ReadonlySet<string>> {
  const constants = await constantsOfVersion(versions, mappings.context, delivery);
  const named = cataloguedBy(targets, delivery.target, stored);
  return named.length === 0 ? constants : new Set([...constants, ...named.map(({ text }) => text)]);
}

/** Adapters of customers may throw: then nothing is opened. */
function cataloguedBy(targets: readonly NamedTarget[], name: string, stored: string | null): readonly Catalogued[] {
  const catalogued = targets.find((target) => target.name === name)?.adapter.catalogued;
  if (catalogued === undefined || stored === null) return [];
  try {
    const record: unknown = JSON.parse(stored);
    return openNames(record, catalogued(record));
  } catch {
    return [];
  }
}

/** Deliveries of a cause whose records are looked at, and names that are told. */
const most = { looked: 20, told: 5 } as const;

/** What its deliveries looked for in vain, where the cause is one catalog: whoever adds it must know how it is called. */
export async function lookedFor(
  outbox: Outbox,
  targets: readonly NamedTarget[],
  { id, target, text }: Pick<OpenCause, 'id' | 'target' | 'text'>,
): Promise<Text | undefined> {
  const set = /no object of (\S+) fits/.exec(text.en)?.[1];
  if (set === undefined) return undefined;
  const field = /^(?:\S+\.)?([^\s.]+):/.exec(text.en)?.[1];
  const names = new Set<string>();
  for (const { id: delivery } of await outbox.list({ cause: id, limit: most.looked }))
    for (const each of cataloguedBy(targets, target, (await outbox.record(delivery)) ?? null))
      if (each.set === set && each.field === field) names.add(each.text);
  if (names.size === 0) return undefined;
  const told = [...names].slice(0, most.told);
  const more = names.size > told.length ? '…' : '';
  return {
    ru: `Искали: ${told.map((name) => `«${name}»`).join(', ')}${more}`,
    en: `Looked for: ${told.map((name) => `"${name}"`).join(', ')}${more}`,
  };
}
