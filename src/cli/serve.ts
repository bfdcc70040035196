import type { Command } from 'commander';
import { AlreadyServedError, App } from '../app.ts';
import { startedByNpm } from '../config.ts';
import { errorCode } from '../error-code.ts';
import { MigrationError } from '../database/migrate.ts';
import { releaseYoungGeneration } from '../young-generation.ts';
import { type ConfigOption, configured } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

export function serveCommand(terminal: Terminal): Command {
  return configured('serve', 'take webhooks and deliver records until told to stop').action((options: ConfigOption) => serve(options.config, terminal));
}

/** Returns after a SIGTERM or SIGINT has been obeyed. */
async function serve(path: string, terminal: Terminal): Promise<void> {
  const app = await App.create(path);
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    if (startedByNpm()) whenOrphaned(resolve);
  });
  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw startError(error);
  }
  terminal.note({ ru: `Готов: вебхуки на ${app.serverUrl}/webhooks/…, состояние на ${app.consoleUrl}/health/ready`, en: `Ready: webhooks at ${app.serverUrl}/webhooks/…, health at ${app.consoleUrl}/health/ready` }[terminal.language]);
  releaseYoungGeneration();
  process.on('SIGHUP', () => void app.reload());
  // Intake must outlive what an adapter throws into the air: Huntflow gives up after four tries.
  process.on('uncaughtException', (error) => app.composition.report.strayError(error));
  process.on('unhandledRejection', (error) => app.composition.report.strayError(error));
  await asked;
  await app.stop();
}

/** npm passes a signal on to its shell, and some shells die of it without telling us. */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

function startError(error: unknown): unknown {
  if (error instanceof AlreadyServedError) {
    return new CommandError({ ru: 'эту базу уже обслуживает другой huntflow-connector: остановите его или задайте этому свою базу', en: error.message });
  }
  if (error instanceof MigrationError) return new CommandError({ ru: `схема базы данных не подходит: ${error.message}`, en: error.message });
  const code = errorCode(error);
  const value: unknown = error instanceof Error ? Reflect.get(error, 'port') : undefined;
  const port = typeof value === 'number' ? String(value) : '';
  if (code === 'EADDRINUSE') {
    return new CommandError({ ru: `порт ${port} занят: остановите того, кто его занял, или задайте другой в connector.yaml`, en: `port ${port} is taken: stop whoever has it, or set another one in connector.yaml` });
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new CommandError({ ru: 'диск базы данных заполнен: освободите место и запустите снова, ничего не потеряно', en: 'the disk of the database is full: free space and start again, nothing is lost' });
  }
  if (code === 'SQLITE_READONLY' || code === 'EROFS' || code === 'SQLITE_CANTOPEN' || code === 'ENOENT') {
    return new CommandError({ ru: 'базу данных не открыть на запись: проверьте database.url, папку и права', en: 'the database cannot be opened for writing: check database.url, its folder and the permissions' });
  }
  if (code === 'EACCES') {
    return new CommandError({ ru: `нет прав на порт ${port} или на папку базы данных`, en: `no permission for port ${port}, or for the folder of the database` });
  }
  return error;
}
