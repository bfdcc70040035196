import { existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { compose } from '../container.ts';
import { NewerSchemaError } from '../database/migrate.ts';
import { BackupError, contentsOf, draftOf, restoreKeys, takePlace } from '../database/sqlite/backup.ts';
import { AlreadyServedError, ServingLock } from '../database/sqlite/serving-lock.ts';
import { sqliteFile } from '../database/url.ts';
import { forgettingsIn } from '../forget/carried-forgettings.ts';
import type { ForgettingRow } from '../people/forgettings.ts';
import { createLog } from '../report/log.ts';
import { readConfig } from '../targets/configured.ts';
import type { Target } from '../targets/target.ts';
import { type ConfigOption, configured } from './options.ts';
import { restoreServer } from './restore-server.ts';
import { agreeToRestore, reduceRestored, type Restored, tellRestored } from './restored.ts';
import { startError } from './start-error.ts';
import { formatTime } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface RestoreOptions extends ConfigOption {
  readonly keys?: string;
  readonly yes?: boolean;
}

export function restoreCommand(terminal: Terminal): Command {
  return configured('restore', 'put a saved copy in the place of the database, with the service stopped')
    .argument('[file]', 'a file that backup made; none for PostgreSQL, after pg_restore')
    .option('--keys <file>', 'the keys as well, where their store is lost: a file that backup --keys made')
    .option('--yes', 'do not ask')
    .action((file: string | undefined, options: RestoreOptions) => restore(file, options, terminal));
}

async function restore(file: string | undefined, options: RestoreOptions, terminal: Terminal): Promise<void> {
  const { config, targets } = await readConfig(loadConfig(options.config, undefined, { lenient: true }));
  const path = sqliteFile(config.database.url);
  const agreed = options.yes === true;
  if (path === undefined) {
    if (file !== undefined || options.keys !== undefined) throw new CommandError(forServer);
    return restoreServer(config, targets, agreed, terminal);
  }
  if (file === undefined) throw new CommandError(noFile);
  const keys = options.keys === undefined ? undefined : keysOf(resolve(options.keys), config);
  await restoreFile(resolve(file), path, { config, targets, agreed, keys }, terminal);
}

interface Keys {
  readonly copy: string;
  readonly store: string;
}

function keysOf(copy: string, { privacy: { store } }: Config): Keys {
  const path = store === undefined ? undefined : sqliteFile(store);
  if (path === undefined) throw new CommandError(keysOnServer);
  return { copy, store: path };
}

interface RestoreParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly agreed: boolean;
  readonly keys: Keys | undefined;
}

/** Every target is paused before the copy takes its place. */
async function restoreFile(
  copy: string,
  path: string,
  { config, targets, agreed, keys }: RestoreParts,
  terminal: Terminal,
): Promise<void> {
  const lock = await ServingLock.takeDatabase(path);
  if (lock === undefined) throw new CommandError(stillServed);
  let draft: string | undefined;
  let placed: string | undefined;
  try {
    const { events, deliveries } = contentsOf(copy);
    const at = formatTime(statSync(copy).mtimeMs, config.zone);
    const stays = existsSync(path) ? staysBeside : { ru: '', en: '' };
    await agreeToRestore(
      {
        ru: `Копия от ${at}: событий ${events}, доставок ${deliveries}. Она встанет на место ${path}${stays.ru}. Продолжить?`,
        en: `A copy of ${at}: ${events} events, ${deliveries} deliveries. It takes the place of ${path}${stays.en}. Go on?`,
      },
      agreed,
      terminal,
    );
    const forgotten = await forgettingsIn(path);
    if (keys !== undefined) {
      restoreKeys(keys.copy, keys.store, Date.now());
      placed = keys.store;
    }
    draft = draftOf(copy, path);
    const restored = await prepare(config, targets, draft, forgotten);
    const before = takePlace(draft, path, Date.now());
    placed = undefined;
    tellRestored(terminal, restored, at);
    if (before !== undefined)
      terminal.print({ ru: `Прежняя база: ${before}`, en: `The database before: ${before}` }[terminal.language]);
  } catch (error) {
    if (error instanceof BackupError) throw new CommandError(error.text);
    if (error instanceof NewerSchemaError) throw new CommandError(newerCopy);
    throw error instanceof AlreadyServedError ? new CommandError(stillServed) : startError(error, config.database.url);
  } finally {
    // Keys that do not fit the copy are not left where the right ones belong.
    if (placed !== undefined) for (const end of ['', '-wal', '-shm']) rmSync(placed + end, { force: true });
    if (draft !== undefined) for (const end of ['', '-wal', '-shm']) rmSync(draft + end, { force: true });
    lock.release();
  }
}

async function prepare(
  config: Config,
  targets: readonly Target[],
  draft: string,
  forgotten: readonly ForgettingRow[],
): Promise<Restored> {
  const database = { ...config, database: { ...config.database, url: `sqlite:${draft}` } };
  const composition = compose(database, targets, { log: createLog('silent') });
  try {
    return await reduceRestored(composition, targets, forgotten);
  } finally {
    await composition.close();
  }
}

const staysBeside = { ru: '; нынешняя база останется рядом', en: '; the present database stays beside it' };

const newerCopy = {
  ru: 'эту копию сделала более новая версия huntflow-connector: восстанавливайте её той же версией; ничего не изменено',
  en: 'this copy was made by a newer version of huntflow-connector: restore it with that version; nothing was changed',
};

const stillServed = {
  ru: 'служба работает с этой базой: остановите её, потом повторите restore',
  en: 'the service works with this database: stop it, then restore again',
};

const forServer = {
  ru: 'базу PostgreSQL возвращает pg_restore при остановленной службе, ничего не изменено; после него выполните restore без файла',
  en: 'PostgreSQL is restored by pg_restore with the service stopped, and nothing was changed; run restore without a file after it',
};

const keysOnServer = {
  ru: 'хранилище ключей в PostgreSQL возвращает pg_restore, ничего не изменено; после него выполните restore без --keys',
  en: 'a store of keys in PostgreSQL is restored by pg_restore, and nothing was changed; run restore without --keys after it',
};

const noFile = { ru: 'назовите файл, который создала команда backup', en: 'name a file that backup made' };
