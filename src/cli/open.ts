import { readConfig } from '../targets/configured.ts';
import { loadConfig } from '../config/config.ts';
import { compose, type Composition } from '../container.ts';
import { createLog } from '../report/log.ts';
import { startError } from './start-error.ts';

/**
 * Lends a command the stores of a configured connector, and closes them afterwards. Throws FaultyFileError, and
 * CommandError for a database that cannot be used.
 */
export async function withComposition<T>(path: string, work: (composition: Composition) => Promise<T>): Promise<T> {
  const { config, targets } = await readConfig(loadConfig(path, undefined, { lenient: true }));
  const composition = compose(config, targets, { log: createLog('silent') });
  try {
    await composition.database.migrate();
    await composition.clock?.sample();
    return await work(composition);
  } catch (error) {
    throw startError(error, config.database.url);
  } finally {
    await composition.close();
  }
}
