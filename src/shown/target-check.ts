import type { Finding } from '../adapter.ts';
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
    adapter = createAdapter(target, toolsFor(target));
    return (
      (await adapter.check?.({
        mappings: mappings.map(({ name, record }) => ({ name, record })),
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      })) ?? []
    );
  } catch (error) {
    if (error instanceof FaultyFileError) return error.faults.map(({ text: told }) => ({ level: 'error', text: told }));
    return [{ level: 'error', text: errorText(error) ?? verbatim(errorPlace(error)) }];
  } finally {
    await adapter?.close?.();
  }
}
