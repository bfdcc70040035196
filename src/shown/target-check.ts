import type { CheckContext, Finding } from '../adapter.ts';
import { FaultyFileError } from '../files/fault.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { errorPlace } from '../process/error-place.ts';
import { createAdapter, type LentTools, type Target } from '../targets/target.ts';
import { verbatim } from '../text.ts';
import { errorText } from '../toolkit.ts';

/**
 * How long one target may take to prove itself; a cold 1C takes half a minute for its first answer (facts/1c.md 1.9).
 */
const longestCheck = 180_000;

/** What a target says of its address, credentials and the mappings to it; writes nothing and never throws. */
export async function checkTarget(
  target: Target,
  mappings: readonly Mapping[],
  toolsFor: (target: Target) => LentTools,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const late = AbortSignal.timeout(longestCheck);
  let adapter: ReturnType<typeof createAdapter> | undefined;
  try {
    const foreseen = await foreseenOf(target, mappings, toolsFor);
    // Asked without the file it would say the same once more.
    if (foreseen.some(({ level }) => level === 'error')) return foreseen;
    adapter = createAdapter(target, toolsFor(target));
    const told = await adapter.check?.({
      mappings: recordsOf(mappings),
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    return [...foreseen, ...(told ?? [])];
  } catch (error) {
    if (error instanceof FaultyFileError) return error.faults.map(({ text: told }) => ({ level: 'error', text: told }));
    return [{ level: 'error', text: errorText(error) ?? verbatim(errorPlace(error)) }];
  } finally {
    await adapter?.close?.();
  }
}

/** What its class can tell of a target before anything is asked; never throws. */
export async function foreseenOf(
  target: Target,
  mappings: readonly Mapping[],
  toolsFor: (target: Target) => LentTools,
): Promise<readonly Finding[]> {
  const { adapter, settings } = target;
  if (adapter.foresees === undefined) return [];
  try {
    const { resolvePath } = toolsFor(target);
    // Settings were cast by the class's own schema, which the type system cannot see.
    return await Reflect.apply(adapter.foresees, adapter, [settings, { mappings: recordsOf(mappings), resolvePath }]);
  } catch (error) {
    return [{ level: 'error', text: errorText(error) ?? verbatim(errorPlace(error)) }];
  }
}

function recordsOf(mappings: readonly Mapping[]): CheckContext['mappings'] {
  return mappings.map(({ name, record }) => ({ name, record }));
}
