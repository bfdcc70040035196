import type { Config } from '../config/config.ts';
import { compose } from '../container.ts';
import { NewerSchemaError } from '../database/migrate.ts';
import { isServed } from '../database/postgres/served.ts';
import { countLostPeople } from '../forget/lost-people.ts';
import { createLog } from '../report/log.ts';
import type { Target } from '../targets/target.ts';
import { agreeToRestore, reduceRestored, tellRestored } from './restored.ts';
import { startError } from './start-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** PostgreSQL has put the copy back by itself: what is left is to do with it what is done with a file. */
export async function restoreServer(
  config: Config,
  targets: readonly Target[],
  agreed: boolean,
  terminal: Terminal,
): Promise<void> {
  const composition = compose(config, targets, { log: createLog('silent') });
  try {
    const { database, sealing } = composition;
    const state = await database.schema();
    if (state.is === 'missing') throw new CommandError(nothingThere);
    if (state.is === 'newer') throw new NewerSchemaError();
    if (await isServed(database.reads)) throw new CommandError(stillServed);
    let lost = 0;
    if (state.is === 'current') {
      await sealing.open('read');
      if (sealing.ring !== undefined) lost = await countLostPeople(database, sealing.ring);
    }
    await agreeToRestore(question(lost), agreed, terminal);
    tellRestored(terminal, await reduceRestored(composition, targets, []), undefined);
  } catch (error) {
    throw startError(error, config.database.url);
  } finally {
    await composition.close();
  }
}

const question = (lost: number) => ({
  ru: `Людей без ключа в хранилище: ${lost}; их данные будут стёрты, вернуть их сможет только копия с прежним хранилищем. Все цели встанут на паузу. Продолжить?`,
  en:
    `${lost} person(s) have no key in the store: their data will be erased, and only a copy with the store of before ` +
    'brings it back. Every target is paused. Go on?',
});

const nothingThere = {
  ru: 'в этой базе ничего нет: сначала верните её копию (pg_restore), потом повторите restore',
  en: 'there is nothing in this database: put its copy back first (pg_restore), then restore again',
};

const stillServed = {
  ru: 'служба работает с этой базой (или остановилась меньше 15 секунд назад): остановите её, потом повторите restore',
  en: 'a service works with this database (or stopped less than 15 s ago): stop it, then restore again',
};
