import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { BackupError, saveCopy } from '../database/sqlite/backup.ts';
import { sqliteFile } from '../database/url.ts';
import { FaultyFileError } from '../files/fault.ts';
import { rememberBackup } from './doctor/last-backup.ts';
import { type ConfigOption, configured } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

export function backupCommand(terminal: Terminal): Command {
  return configured('backup', 'save the database into one file, also while serving')
    .argument('<file>', 'a new file; an existing one is never written over')
    .action((file: string, options: ConfigOption) => backup(resolve(file), options, terminal));
}

function backup(file: string, options: ConfigOption, terminal: Terminal): void {
  const { config, faults } = loadConfig(options.config, undefined, { lenient: true });
  if (config === undefined) throw new FaultyFileError(faults);
  const path = sqliteFile(config.database.url);
  if (path === undefined) throw new CommandError(forServer(file));
  try {
    const { events, deliveries } = saveCopy(path, file);
    rememberBackup(config, file);
    const size = (statSync(file).size / 1024 ** 2).toFixed(1);
    terminal.print(
      {
        ru: `Сохранено и проверено: ${file}, ${size} МБ, событий ${events}, доставок ${deliveries}`,
        en: `Saved and checked: ${file}, ${size} MB, ${events} events, ${deliveries} deliveries`,
      }[terminal.language],
    );
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.text) : error;
  }
}

/** The address of the database holds a password, so it is not repeated. */
const forServer = (file: string) => ({
  ru: `базу PostgreSQL копирует pg_dump, ничего не сохранено: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
  en: `PostgreSQL is saved by pg_dump, and nothing was saved: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
});
