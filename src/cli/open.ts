import { readConfig } from '../targets/configured.ts';
import { loadConfig } from '../config/load-config.ts';
import { compose, type Composition } from '../container.ts';
import { createLog } from '../report/log.ts';
import { refuseHalfCopy } from '../database/copy/half-copy.ts';
import type { Database } from '../database/database.ts';
import { MigrationError, NewerSchemaError } from '../database/migrate.ts';
import { startError } from './start-error.ts';

interface Needs {
  /** `unneeded`: it may not be there. */
  readonly database?: 'needed' | 'unneeded';
  /** The variables of secrets and of settings of targets must be set. */
  readonly secrets?: boolean;
}

/**
 * Lends a command the stores of a configured connector, and closes them afterwards. Throws FaultyFileError, and
 * CommandError for a database that cannot be used.
 */
export async function withComposition<T>(
  path: string,
  work: (composition: Composition) => Promise<T>,
  { database = 'needed', secrets = false }: Needs = {},
): Promise<T> {
  const { config, targets } = await readConfig(loadConfig(path, undefined, { lenient: !secrets }));
  const composition = compose(config, targets, { log: createLog('silent') });
  try {
    if (database === 'needed') await openDatabase(composition);
    return await work(composition);
  } catch (error) {
    throw startError(error, config.database.url);
  } finally {
    await composition.close();
  }
}

/**
 * Makes a database that is not there at all. `half`: what becomes of a copy that was not ended. Throws MigrationError with what to do when the schema is that of another
 * version: only `serve` brings it up to date.
 */
export async function openDatabase(
  {
    database,
    clock,
    sealing,
  }: Pick<Composition, 'database' | 'clock'> & { readonly sealing: Pick<Composition['sealing'], 'open'> },
  half: 'refused' | 'wanted' = 'refused',
): Promise<void> {
  const state = await stateOf(database);
  switch (state.is) {
    case 'current':
      if (half === 'refused') await refuseHalfCopy(database);
      await sealing.open('read');
      await clock?.sample();
      return;
    case 'newer':
      throw new NewerSchemaError();
    case 'missing':
      // There is nothing in it yet that could change under the feet of a service.
      await database.migrate();
      await sealing.open('read');
      await clock?.sample();
      return;
    case 'older':
      throw new MigrationError({
        ru: `этой версии нужна схема базы ${state.needs}, а в базе ${state.has}: остановите прежнюю службу и запустите эту (huntflow-connector serve), она обновит базу; для прежней службы берите её же команды`,
        en:
          `this version needs the schema ${state.needs}, and the database has ${state.has}: stop the service before and ` +
          'start this one (huntflow-connector serve), which brings it up to date; for the one before take its own commands',
      });
  }
}

async function stateOf(database: Database) {
  try {
    return await database.schema();
  } catch (cause) {
    throw new MigrationError(
      { ru: 'базу данных не удалось открыть', en: 'the database could not be opened' },
      { cause },
    );
  }
}
