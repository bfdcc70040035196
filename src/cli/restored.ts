import type { Composition } from '../container.ts';
import { refuseHalfCopy } from '../database/copy/half-copy.ts';
import { Erasure } from '../forget/erasure.ts';
import { carryForgettings } from '../forget/carried-forgettings.ts';
import { forgetLostPeople } from '../forget/lost-people.ts';
import type { ForgettingRow } from '../people/forgettings.ts';
import type { Target } from '../targets/target.ts';
import { operator } from './operator.ts';
import { canAsk, isConfirmed } from './question.ts';
import { CommandError, type Terminal } from './terminal.ts';
import type { Text } from '../text.ts';

/** What a restored database owes, and whom it has forgotten. */
export interface Restored {
  readonly owed: ReadonlyMap<string, number>;
  /** People whose keys are gone, and those whom the database before has forgotten since. */
  readonly lost: number;
  readonly since: number;
  /** Acts of erasure that the store of keys knows of and this database has not. */
  readonly acts: Awaited<ReturnType<Composition['forgetting']['actsElsewhere']>>;
}

/**
 * Brings a restored database to today's schema and keys, and pauses its targets, those too that connector.yaml has no
 * more: what it owes may have been delivered since.
 */
export async function reduceRestored(
  composition: Composition,
  targets: readonly Target[],
  forgotten: readonly ForgettingRow[],
): Promise<Restored> {
  const { database, outbox, states } = composition;
  await database.migrate();
  await refuseHalfCopy(database);
  await composition.clock?.sample();
  await composition.sealing.open('read');
  const { ring } = composition.sealing;
  const now = composition.now();
  const erasure = new Erasure(composition);
  const lost = ring === undefined ? 0 : (await forgetLostPeople({ database, ring, erasure }, now)).people;
  const { forgettings, people: since } = await carryForgettings({ database, erasure }, forgotten, now);
  const acts = await composition.forgetting.actsElsewhere();
  if (acts !== undefined) await composition.forgetting.leaveOut(acts);
  await composition.forgetting.finishAll();
  const open = await outbox.open();
  const names = new Set([...targets.map(({ name }) => name), ...open.map(({ target }) => target)]);
  for (const name of names) await states.pause(name, composition.now());
  const pending = open.filter(({ state }) => state === 'pending');
  const on = [...[...names].map((name) => `target/${name}`), ...forgettings.map((id) => `forgetting/${id}`)];
  await composition.audit.add(operator(composition), { action: 'restore', on });
  await database.truncateLog();
  return { owed: new Map(pending.map(({ target, count }) => [target, count])), lost, since, acts };
}

/** @throws CommandError unless somebody agrees. */
export async function agreeToRestore(question: Text, agreed: boolean, terminal: Terminal): Promise<void> {
  if (agreed) return;
  if (!canAsk()) throw new CommandError({ ru: `${question.ru} Добавьте --yes.`, en: `${question.en} Add --yes.` });
  if (await isConfirmed({ ru: `${question.ru} (да/нет)`, en: `${question.en} (yes/no)` }, terminal)) return;
  throw new CommandError({ ru: 'ничего не изменено', en: 'nothing was changed' });
}

/** `at`: of when the copy is; undefined: nobody knows. */
export function tellRestored(terminal: Terminal, { owed, lost, since, acts }: Restored, at: string | undefined): void {
  const list = [...owed].map(([target, count]) => `${target} ${count}`).join(', ');
  const say = ({ ru, en }: Text): void => terminal.print({ ru, en }[terminal.language]);
  const when = at === undefined ? { ru: 'В копии', en: 'In the copy' } : { ru: `На ${at}`, en: `At ${at}` };
  say({ ru: 'База восстановлена, все цели на паузе.', en: 'The database is restored, and every target is paused.' });
  if (list === '')
    say({
      ru: `${when.ru} никому ничего не было должно. Дальше: serve, затем targets resume для каждой цели.`,
      en: `${when.en} nothing was owed to anybody. Next: serve, then targets resume for each target.`,
    });
  else
    say({
      ru: `${when.ru} было должно: ${list}. Что из этого дошло с тех пор, база не знает: сверьтесь с целями, отмените лишнее (deliveries cancel), затем targets resume.`,
      en:
        `${when.en} was owed: ${list}. What of it has arrived since, the database does not know: compare with ` +
        'the targets, cancel what is too much (deliveries cancel), then targets resume.',
    });
  if (lost > 0) say(stayForgotten(lost));
  if (since > 0) say(forgottenSince(since));
  if (acts !== undefined) say(keepPaper(acts.first, acts.last));
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

const keepPaper = (first: number, last: number): Text => ({
  ru: `Актов об уничтожении № ${first === last ? first : `${first}–${last}`} в этой копии нет: храните бумажные. Их номера больше не повторятся.`,
  en: `The acts of erasure ${first === last ? first : `${first} to ${last}`} are not in this copy: keep those on paper. Their numbers are not given again.`,
});
