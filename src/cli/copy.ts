import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { copyDatabase, CopyError } from '../database/copy/database-copy.ts';
import { configLocation } from '../config/location.ts';
import { environment } from '../config/process-environment.ts';
import { loadConfig } from '../config/load-config.ts';
import { compose } from '../container.ts';
import { Database } from '../database/database.ts';
import { isServed } from '../database/postgres/served.ts';
import { ServingLock } from '../database/sqlite/serving-lock.ts';
import { postgresUrlProblem, sqliteFile } from '../database/url.ts';
import { copyKeys, KeyCopyError } from '../people/copy-keys.ts';
import { KeyFileError } from '../people/key-file.ts';
import { KeyRingError } from '../people/key-ring.ts';
import { KeyStore } from '../people/key-store.ts';
import { createLog } from '../report/log.ts';
import { openDatabase } from './open.ts';
import { operator } from './operator.ts';
import { oneOf } from './options.ts';
import { startError } from './start-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly config?: string;
  readonly json?: boolean;
}

export function copyCommand(terminal: Terminal): Command {
  return new Command('copy')
    .description('copy everything from one database, or store of keys, to an empty other one, with the service stopped')
    .requiredOption('--from <url>', 'sqlite:FILE or postgres://…')
    .requiredOption('--to <url>', 'sqlite:FILE or postgres://…, empty, or with a copy that was begun from there')
    .option('--config <path>', 'connector.yaml that names either: the audit there tells of the copy')
    .option('--lang <language>', 'ru or en (default: as the folder says, else by LANG)', oneOf('ru', 'en'))
    .option('--json', 'for machines')
    .action((options: CopyOptions) => copy(options, terminal));
}

async function copy({ from, to, json, config }: CopyOptions, terminal: Terminal): Promise<void> {
  const [source, target] = [opened(from), opened(to)];
  try {
    if (source.url === target.url) throw new CommandError(same);
    await target.free();
    await source.free();
    const keys = await copiedKeys(source.url, target);
    if (keys !== undefined) {
      if (json) terminal.print(JSON.stringify({ keys }));
      else terminal.print(keysCopied(keys)[terminal.language]);
      return;
    }
    if ((await source.schema()) === 'missing') throw new CommandError(nothingThere);
    await source.open();
    await target.open();
    await tellAudit(config, source.url, terminal);
    const counts = await copyDatabase({
      from: source.database,
      to: target.database,
      source: Number.parseInt(createHash('sha256').update(withoutPassword(source.url)).digest('hex').slice(0, 12), 16),
      told: (table, rows) => json !== true && rows > 0 && terminal.note(`${table}: ${rows}`),
    });
    await tellAudit(config, target.url, terminal);
    const rows = counts.reduce((sum, each) => sum + each.rows, 0);
    if (json) terminal.print(JSON.stringify({ rows, tables: counts }));
    else
      terminal.print(
        {
          ru: `Скопировано и сверено: таблиц ${counts.length}, строк ${rows}. Укажите новую базу в database.url и запустите службу`,
          en: `Copied and compared: ${counts.length} tables, ${rows} rows. Name the new database in database.url and start the service`,
        }[terminal.language],
      );
  } catch (error) {
    if (error instanceof CopyError || error instanceof KeyCopyError) throw new CommandError(error.text);
    throw startError(startError(error, source.url), target.url);
  } finally {
    await source.close();
    await target.close();
  }
}

/** Undefined: the source is no store of keys. */
async function copiedKeys(
  from: string,
  to: Pick<ReturnType<typeof opened>, 'url' | 'schema'>,
): Promise<number | undefined> {
  const [source, target] = [new KeyStore(from), new KeyStore(to.url)];
  try {
    if (!(await source.isThere())) return undefined;
    if ((await to.schema()) !== 'missing') throw new CommandError(dataThere);
    return await copyKeys(source, target);
  } finally {
    await source.close();
    await target.close();
  }
}

/** The chain is copied with the rest, so the base that a config names is told, before it is copied or afterwards. */
async function tellAudit(path: string | undefined, url: string, terminal: Terminal): Promise<void> {
  const found = configLocation(environment());
  if (path === undefined && found.remembered) return;
  const { config } = loadConfig(path ?? found.path, undefined, { lenient: true });
  if (config?.database.url !== url) return;
  const composition = compose(config, [], { log: createLog('silent') });
  try {
    await composition.sealing.open('read');
    await composition.audit.add(operator(composition), { action: 'copy', on: ['database'] });
  } catch (error) {
    if (!(error instanceof KeyFileError || error instanceof KeyRingError)) throw error;
    terminal.note(error.text[terminal.language]);
  } finally {
    await composition.close();
  }
}

/** One end of a copy, which no service may work with. */
function opened(written: string) {
  const problem = postgresUrlProblem(written);
  if (problem !== undefined) throw new CommandError(problem);
  const path = sqliteFile(written);
  if (path === undefined && !/^postgres(ql)?:\/\//.test(written)) throw new CommandError(noAddress);
  const url = path === undefined ? written : `sqlite:${resolve(path)}`;
  const database = new Database(url);
  let lock: ServingLock | undefined;
  return {
    url,
    database,
    schema: async () => (await database.schema()).is,
    free: async (): Promise<void> => {
      if (database.file === undefined) {
        if ((await database.schema()).is !== 'current') return;
        if (await isServed(database.reads)) throw new CommandError(served);
        return;
      }
      if (!existsSync(database.file)) return;
      lock = await ServingLock.takeDatabase(database.file);
      if (lock === undefined) throw new CommandError(served);
    },
    open: () => openDatabase({ database, clock: undefined, sealing: { open: async () => undefined } }, 'wanted'),
    close: async (): Promise<void> => {
      await database.close();
      lock?.release();
    },
  };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

const keysCopied = (count: number) => ({
  ru: `Скопировано и сверено: ключей ${count}. Укажите новое хранилище в privacy.store; файл ключей остаётся прежним`,
  en: `Copied and compared: ${count} keys. Name the new store in privacy.store; the key file stays the same`,
});

const dataThere = {
  ru: 'ключи людей нельзя хранить в базе данных событий: для них нужна другая, пустая',
  en: 'the keys of persons cannot lie in the database of the events: they need another one, an empty one',
};

const same = { ru: 'это одна и та же база', en: 'both are the same database' };

const nothingThere = { ru: 'копировать нечего: базы данных нет', en: 'there is nothing to copy: no database' };

const noAddress = {
  ru: 'нужен адрес вида sqlite:путь или postgres://пользователь:пароль@сервер/база',
  en: 'an address like sqlite:path or postgres://user:password@host/database is needed',
};

const served = {
  ru: 'с одной из баз работает служба (или остановилась меньше 15 секунд назад): остановите её и повторите',
  en: 'a service works with one of the databases (or stopped less than 15 s ago): stop it, then try again',
};
