import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { Config } from '../config/config.ts';
import { compose } from '../container.ts';
import { refuseHalfCopy } from '../database/copy/half-copy.ts';
import { NewerSchemaError } from '../database/migrate.ts';
import { BackupError, contentsOf, draftOf, takePlace } from '../database/sqlite/backup.ts';
import { AlreadyServedError, ServingLock } from '../database/sqlite/serving-lock.ts';
import { sqliteFile } from '../database/url.ts';
import { carryForgettings, forgettingsIn } from '../forget/carried-forgettings.ts';
import { forgetLostPeople } from '../forget/lost-people.ts';
import type { ForgettingRow } from '../people/mark-forgotten.ts';
import { createLog } from '../report/log.ts';
import { readConfig } from '../targets/configured.ts';
import type { Target } from '../targets/target.ts';
import type { Text } from '../text.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured } from './options.ts';
import { canAsk, isConfirmed } from './question.ts';
import { startError } from './start-error.ts';
import { formatTime } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface RestoreOptions extends ConfigOption {
  readonly yes?: boolean;
}

export function restoreCommand(terminal: Terminal): Command {
  return configured('restore', 'put a saved copy in the place of the database, with the service stopped')
    .argument('<file>', 'a file that backup made')
    .option('--yes', 'do not ask')
    .action((file: string, options: RestoreOptions) => restore(resolve(file), options, terminal));
}

/** Every target is paused before the copy takes its place: what it owes may have been delivered since. */
async function restore(copy: string, options: RestoreOptions, terminal: Terminal): Promise<void> {
  const { config, targets } = await readConfig(loadConfig(options.config, undefined, { lenient: true }));
  const path = sqliteFile(config.database.url);
  if (path === undefined) throw new CommandError(forServer);
  const lock = await ServingLock.takeDatabase(path);
  if (lock === undefined) throw new CommandError(stillServed);
  let draft: string | undefined;
  try {
    const { events, deliveries } = contentsOf(copy);
    const at = formatTime(statSync(copy).mtimeMs, config.zone);
    await ask(
      {
        ru: `Копия от ${at}: событий ${events}, доставок ${deliveries}. Она встанет на место ${path}; нынешняя база останется рядом. Продолжить?`,
        en:
          `A copy of ${at}: ${events} events, ${deliveries} deliveries. It takes the place of ${path}; the ` +
          'present database stays beside it. Go on?',
      },
      options.yes === true,
      terminal,
    );
    const forgotten = await forgettingsIn(path);
    draft = draftOf(copy, path);
    const { owed, lost, since } = await prepare(config, targets, draft, forgotten);
    const before = takePlace(draft, path, Date.now());
    tell(terminal, at, owed, before);
    if (lost > 0) terminal.print(stayForgotten(lost)[terminal.language]);
    if (since > 0) terminal.print(forgottenSince(since)[terminal.language]);
  } catch (error) {
    if (error instanceof BackupError) throw new CommandError(error.text);
    if (error instanceof NewerSchemaError) throw new CommandError(newerCopy);
    throw error instanceof AlreadyServedError ? new CommandError(stillServed) : startError(error, config.database.url);
  } finally {
    if (draft !== undefined) for (const end of ['', '-wal', '-shm']) rmSync(draft + end, { force: true });
    lock.release();
  }
}

async function ask(question: Text, agreed: boolean, terminal: Terminal): Promise<void> {
  if (agreed) return;
  if (!canAsk()) throw new CommandError({ ru: `${question.ru} Добавьте --yes.`, en: `${question.en} Add --yes.` });
  if (await isConfirmed({ ru: `${question.ru} [y/N]`, en: `${question.en} [y/N]` }, terminal)) return;
  throw new CommandError({ ru: 'ничего не изменено', en: 'nothing was changed' });
}

/** What a restored database is before it takes its place. */
interface Prepared {
  readonly owed: ReadonlyMap<string, number>;
  /** People whose keys are gone, and those whom the database before has forgotten since. */
  readonly lost: number;
  readonly since: number;
}

/** Brings the copy to today's schema and pauses its targets, those too that connector.yaml has no more. */
async function prepare(
  config: Config,
  targets: readonly Target[],
  draft: string,
  forgotten: readonly ForgettingRow[],
): Promise<Prepared> {
  const database = { ...config, database: { ...config.database, url: `sqlite:${draft}` } };
  const composition = compose(database, targets, { log: createLog('silent') });
  try {
    await composition.database.migrate();
    await refuseHalfCopy(composition.database);
    await composition.sealing.open('read');
    const { ring } = composition.sealing;
    const now = composition.now();
    const lost = ring === undefined ? 0 : (await forgetLostPeople(composition.database, ring, now)).people;
    const { forgettings, people: since } = await carryForgettings(composition.database, forgotten, now);
    await composition.forgetting.finishAll();
    const open = await composition.outbox.open();
    const names = new Set([...targets.map(({ name }) => name), ...open.map(({ target }) => target)]);
    for (const name of names) await composition.states.pause(name, composition.now());
    const pending = open.filter(({ state }) => state === 'pending');
    const on = [...[...names].map((name) => `target/${name}`), ...forgettings.map((id) => `forgetting/${id}`)];
    await composition.audit.add(operator(composition), { action: 'restore', on });
    await composition.database.truncateLog();
    return { owed: new Map(pending.map(({ target, count }) => [target, count])), lost, since };
  } finally {
    await composition.close();
  }
}

function tell(terminal: Terminal, at: string, owed: ReadonlyMap<string, number>, before: string | undefined): void {
  const list = [...owed].map(([target, count]) => `${target} ${count}`).join(', ');
  const say = (ru: string, en: string): void => terminal.print({ ru, en }[terminal.language]);
  say('База восстановлена, все цели на паузе.', 'The database is restored, and every target is paused.');
  say(
    list === ''
      ? `На ${at} никому ничего не было должно.`
      : `На ${at} было должно: ${list}. Что из этого дошло с тех пор, база не знает: сверьтесь с целями, отмените лишнее (deliveries cancel), затем targets resume.`,
    list === ''
      ? `At ${at} nothing was owed to anybody.`
      : `At ${at} was owed: ${list}. What of it has arrived since, the database does not know: compare with ` +
          'the targets, cancel what is too much (deliveries cancel), then targets resume.',
  );
  if (before !== undefined) say(`Прежняя база: ${before}`, `The database before: ${before}`);
}

const stayForgotten = (count: number): Text => ({
  ru: `Людей, чьих ключей больше нет: ${count}. Они остаются забытыми: их данные из копии стёрты, открытые доставки отменены.`,
  en:
    `${count} person(s) have no key any more and stay forgotten: their data is erased from the copy, their open ` +
    'deliveries are cancelled.',
});

const forgottenSince = (count: number): Text => ({
  ru: `Людей, забытых после этой копии: ${count}. Они остаются забытыми, и акты об этом перенесены.`,
  en: `${count} person(s) were forgotten after this copy was made and stay so; the acts of it were carried over.`,
});

const newerCopy = {
  ru: 'эту копию сделала более новая версия huntflow-connector: восстанавливайте её той же версией; ничего не изменено',
  en: 'this copy was made by a newer version of huntflow-connector: restore it with that version; nothing was changed',
};

const stillServed = {
  ru: 'служба работает с этой базой: остановите её, потом повторите restore',
  en: 'the service works with this database: stop it, then restore again',
};

const forServer = {
  ru: 'базу PostgreSQL возвращает pg_restore при остановленной службе; после этого поставьте цели на паузу (targets pause)',
  en: 'PostgreSQL is restored by pg_restore with the service stopped; then pause the targets (targets pause)',
};
