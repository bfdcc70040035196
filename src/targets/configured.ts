import type { LoadedConfig } from '../config/load-config.ts';
import type { Config } from '../config/config.ts';
import { type Fault, FaultyFileError } from '../files/fault.ts';
import { loadTargets, type Target } from './target.ts';

/**
 * A config whose targets fit their adapters too; throws FaultyFileError otherwise. A class of somebody's own that does
 * not load is a warning, and its target is held.
 */
export async function readConfig(
  loaded: LoadedConfig,
): Promise<{ readonly config: Config; readonly targets: readonly Target[]; readonly warnings: readonly Fault[] }> {
  if (loaded.remainder === undefined) throw new FaultyFileError(loaded.faults);
  const { targets, faults, held } = await loadTargets(loaded.remainder, loaded.document);
  const ofClasses = held.map(({ fault }) => fault);
  if (loaded.config === undefined || faults.length > 0)
    throw new FaultyFileError([...loaded.faults, ...faults, ...ofClasses]);
  return {
    config: loaded.config,
    targets: [...targets, ...held.map(({ target }) => target)],
    warnings: [...loaded.faults, ...ofClasses],
  };
}
