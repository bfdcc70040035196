import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { Config } from '../config/config.ts';
import { BackupError, saveCopy, saveKeys } from '../database/sqlite/backup.ts';
import { sqliteFile } from '../database/url.ts';
import { FaultyFileError } from '../files/fault.ts';
import { rememberBackup } from './doctor/last-backup.ts';
import { openDatabase, withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured } from './options.ts';
import type { Text } from '../text.ts';
import { CommandError, type Terminal } from './terminal.ts';

export function backupCommand(terminal: Terminal): Command {
  return configured('backup', 'save the database into one file, also while serving')
    .argument('<file>', 'a new file; an existing one is never written over')
    .option('--keys', 'save the store of keys instead; keep it apart from copies of the database')
    .action((file: string, options: BackupOptions) => backup(resolve(file), options, terminal));
}

interface BackupOptions extends ConfigOption {
  readonly keys?: boolean;
}

async function backup(file: string, options: BackupOptions, terminal: Terminal): Promise<void> {
  const { config, faults } = loadConfig(options.config, undefined, { lenient: true });
  if (config === undefined) throw new FaultyFileError(faults);
  if (options.keys === true) return backupKeys(config, file, options, terminal);
  const path = sqliteFile(config.database.url);
  if (path === undefined) throw new CommandError(forServer(file));
  try {
    const { events, deliveries } = saveCopy(path, file);
    rememberBackup(config, file);
    await audit(options, 'database');
    const size = (statSync(file).size / 1024 ** 2).toFixed(1);
    terminal.print(
      {
        ru: `Сохранено и проверено: ${file}, ${size} МБ, событий ${events}, доставок ${deliveries}`,
        en: `Saved and checked: ${file}, ${size} MB, ${events} events, ${deliveries} deliveries`,
      }[terminal.language],
    );
    terminal.note(
      (config.privacy.keyFile === undefined ? inClear : keysToo(config.privacy.keyFile))[terminal.language],
    );
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.text) : error;
  }
}

/** A copy holds all that is known of everybody. A database of another version, which has no audit yet, is saved all the same. */
async function audit({ config }: ConfigOption, what: 'database' | 'keys'): Promise<boolean> {
  let isNoted = false;
  await withComposition(
    config,
    async (composition) => {
      if ((await composition.database.schema()).is !== 'current') return;
      await openDatabase(composition);
      await composition.audit.add(operator(composition), { action: 'backup', on: [what] });
      isNoted = true;
    },
    { database: 'unneeded' },
  );
  return isNoted;
}

async function backupKeys(
  { privacy: { store } }: Config,
  file: string,
  options: BackupOptions,
  terminal: Terminal,
): Promise<void> {
  const path = store === undefined ? undefined : sqliteFile(store);
  if (path === undefined) throw new CommandError(keysForServer(file));
  try {
    const count = saveKeys(path, file);
    // The store of keys is copied also while the database is away.
    const isNoted = await audit(options, 'keys').catch(() => false);
    terminal.print(
      {
        ru: `Сохранено и проверено: ${file}, ключей ${count}. Храните отдельно от копий базы и только последнюю, а прежние уничтожьте: кого забыли после такой копии, того она вернула бы.`,
        en: `Saved and checked: ${file}, ${count} keys. Keep it apart from copies of the database, only the latest, and destroy earlier ones: whoever was forgotten after such a copy would come back with it.`,
      }[terminal.language],
    );
    if (!isNoted) terminal.note(notNoted[terminal.language]);
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.text) : error;
  }
}

const inClear: Text = {
  ru: 'Ключа нет (privacy.keyFile не задан): личные данные в этой копии открыты, храните её как их самих',
  en: 'There is no key (privacy.keyFile is not set): personal data in this copy is open, keep it as you keep that',
};

/** What whoever restores on another machine would miss. */
const keysToo = (keyFile: string): Text => ({
  ru: `Без копии ключей (backup --keys ФАЙЛ) и файла ${keyFile} её не прочесть: держите их отдельно от неё`,
  en: `Without a copy of the keys (backup --keys FILE) and ${keyFile} nobody can read it: keep them apart from it`,
});

const notNoted: Text = {
  ru: 'В журнал аудита это записать не удалось: что с базой, скажет doctor',
  en: 'The audit could not be told of it: doctor says what is the matter with the database',
};

const keysForServer = (file: string) => ({
  ru: `хранилище ключей в PostgreSQL копирует pg_dump, ничего не сохранено: pg_dump --format=custom --file=${file} "$ADDRESS" с адресом из privacy.store`,
  en: `a store of keys in PostgreSQL is saved by pg_dump, and nothing was saved: pg_dump --format=custom --file=${file} "$ADDRESS" with the address of privacy.store`,
});

/** The address of the database holds a password, so it is not repeated. */
const forServer = (file: string) => ({
  ru: `базу PostgreSQL копирует pg_dump, ничего не сохранено: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
  en: `PostgreSQL is saved by pg_dump, and nothing was saved: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
});
