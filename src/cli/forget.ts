import { Command } from 'commander';
import type { Composition } from '../container.ts';
import { actOf } from '../forget/act.ts';
import { shownForgetting } from '../shown/forgetting.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, count, type JsonOption } from './options.ts';
import { canAsk, isConfirmed } from './question.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { onePerson } from './whom.ts';

interface ForgetOptions extends ConfigOption {
  readonly source?: string;
  readonly cancel?: boolean;
  readonly yes?: boolean;
}

interface ActsOptions extends ConfigOption, JsonOption {}

export function forgetCommand(terminal: Terminal): Command {
  const applicant = configured('applicant', 'destroy the key and everything that is kept about one applicant')
    .argument('<id>', "Huntflow's id of the applicant, or words of a name to choose by")
    .option('--source <name>', 'of this source, where two organisations know an applicant of that id')
    .option('--cancel', 'cancel what still waits to be sent')
    .option('--yes', 'do not ask')
    .action((id: string, options: ForgetOptions) => forget(id, options, terminal));
  const act = configured('act', 'print the draft act of an earlier erasure again, with the extract of the audit')
    .argument('<number>', 'the number of the act', count)
    .action((id: number, options: ConfigOption) =>
      withComposition(options.config, (composition) => printAct(id, composition, terminal)),
    );
  const acts = configured('acts', 'who was forgotten in the last three years, newest first')
    .option('--json', 'for machines')
    .action((options: ActsOptions) => listActs(options, terminal));
  return new Command('forget')
    .description('erase what is kept about a person')
    .addCommand(applicant)
    .addCommand(acts)
    .addCommand(act);
}

async function forget(asked: string, options: ForgetOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { forgetting } = composition;
    const person = await onePerson(composition, asked, options.source, terminal);
    await agree(composition, person, options.yes === true, terminal);
    const marked = await forgetting.mark(person, operator(composition), options.cancel === true);
    if (!marked.done) throw new CommandError(marked.why);
    await forgetting.finishAll();
    await tellUnattributed(composition, terminal);
    if (!forgetting.logIsEmpty) terminal.note(stillRead[terminal.language]);
    await printAct(marked.forgetting, composition, terminal);
    terminal.note((composition.config.privacy.keyFile === undefined ? copiesInClear : copiesOfKeys)[terminal.language]);
  });
}

/** What was copied before opens what was erased since. */
const copiesOfKeys = {
  ru: 'По прежним копиям хранилища ключей человека ещё можно прочесть: снимите её заново (backup --keys ФАЙЛ, в PostgreSQL pg_dump), прежние уничтожьте, и файлы export о нём тоже.',
  en: 'Earlier copies of the store of keys still open what copies of the database hold of this person: make a new one (backup --keys FILE, pg_dump on PostgreSQL), destroy the earlier ones, and files of export about them too.',
};

const copiesInClear = {
  ru: 'Ключа у этой базы нет: во всех прежних её копиях человек читается. Уничтожьте их, и файлы export о нём тоже.',
  en: 'This database has no key: every earlier copy of it still tells of this person. Destroy them, and files of export about them too.',
};

async function agree(
  { outbox }: Composition,
  { ids, applicant, applicants, scope, masked }: Awaited<ReturnType<typeof onePerson>>,
  agreed: boolean,
  terminal: Terminal,
): Promise<void> {
  if (agreed) return;
  const all = ids.length === 0 ? [] : await outbox.list({ people: ids });
  const open = all.filter(({ state }) => state === 'dead' || state === 'pending').length;
  const also = applicants.length > 1 ? ` (${applicants.slice(1).join(', ')})` : '';
  const question = {
    ru: `Кандидат ${applicant}${also}, ${scope}, ${masked}: доставок ${all.length}${open > 0 ? `, из них не дошли до цели и будут отменены: ${open}` : ''}. Ключ и все данные будут уничтожены, вернуть их не сможет никто. Продолжить?`,
    en: `Applicant ${applicant}${also}, ${scope}, ${masked}: ${all.length} deliveries${open > 0 ? `, ${open} of which have not reached their target and will be cancelled` : ''}. The key and all data will be destroyed, and nobody can bring them back. Go on?`,
  };
  if (!canAsk()) throw new CommandError({ ru: `${question.ru} Добавьте --yes.`, en: `${question.en} Add --yes.` });
  if (await isConfirmed({ ru: `${question.ru} (да/нет)`, en: `${question.en} (yes/no)` }, terminal)) return;
  throw new CommandError({ ru: 'ничего не изменено', en: 'nothing was changed' });
}

/** Whose they are nobody can tell: a person looks. */
async function tellUnattributed({ database }: Composition, terminal: Terminal): Promise<void> {
  const rows = await database.queries
    .selectFrom('events')
    .select('id')
    .where('state', '=', 'failed')
    .where('person', 'is', null)
    .where('body', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1001)
    .execute();
  if (rows.length === 0) return;
  const named = rows
    .slice(0, 20)
    .map(({ id }) => id)
    .join(', ');
  const count = rows.length > 1000 ? '1 000+' : String(rows.length);
  terminal.note(
    {
      ru: `Нечитаемых событий, о которых неизвестно, чьи они: ${count} (${named}). Посмотрите их: events show НОМЕР --reveal.`,
      en: `Unreadable events of which nobody knows whose they are: ${count} (${named}). Look at them: events show ID --reveal.`,
    }[terminal.language],
  );
}

const stillRead = {
  ru: 'Другая программа долго читает базу: стёртое ещё стоит в её журнале (файл …-wal). Остановите её; журнал уйдёт со следующим forget, при очистке по срокам или с остановкой службы.',
  en: 'Another program has been reading the database for long: what was erased still stands in its log (the file …-wal). Stop it; the log goes with the next forget, when retention clears or the service stops.',
};

async function printAct(
  id: number,
  { forgetting, audit, config }: Pick<Composition, 'forgetting' | 'audit' | 'config'>,
  terminal: Terminal,
): Promise<void> {
  const row = await forgetting.find(id);
  if (row === undefined)
    throw new CommandError({ ru: `акта № ${id} нет: forget acts`, en: `there is no act ${id}: forget acts` });
  const entries = await audit.list({ on: `forgetting/${id}` });
  terminal.print(actOf(row, entries.toReversed(), (at) => `${formatTime(at, config.zone)} (${config.zone})`));
}

async function listActs(options: ActsOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ forgetting, config: { zone } }) => {
    const rows = await forgetting.list();
    if (options.json) terminal.print(JSON.stringify({ items: rows.map(shownForgetting), next: null }));
    else
      terminal.print(
        table(
          terminal.language,
          ['ID', 'WHEN', 'APPLICANT', 'SCOPE', 'BY'],
          rows.map((row) => [
            String(row.id),
            formatTime(row.marked_at, zone),
            shownForgetting(row).applicants.join(' '),
            row.scope,
            row.by,
          ]),
        ),
      );
  });
}
