import type { Composition } from '../container.ts';
import { forgottenAs } from '../people/forgotten.ts';
import type { Person } from '../people/people.ts';
import { forgottenText } from '../shown/forgetting.ts';
import type { Text } from '../text.ts';
import { canAsk } from './question.ts';
import { createInterface } from 'node:readline/promises';
import { formatTime } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

/**
 * The one person that an id or a name means; of several the terminal is asked which.
 * @throws CommandError
 */
export async function onePerson(
  composition: Pick<Composition, 'people' | 'database' | 'quarantine' | 'config'>,
  asked: string,
  source: string | undefined,
  terminal: Terminal,
): Promise<Person> {
  const { people } = composition;
  const found = /^\d+$/.test(asked) ? await people.find(asked) : await people.search(asked, 20);
  const known = source === undefined ? found : await ofSource(composition, found, source);
  const fitting = known.length > 0 ? known : await doubtful(composition, asked, source);
  const [first, ...others] = fitting;
  if (first === undefined) throw new CommandError((await whyForgotten(composition, asked)) ?? nobody(asked));
  if (others.length === 0 && /^\d+$/.test(asked)) return first;
  const lines = fitting.map(
    ({ applicant, scope, masked }, at) => `${at + 1}. applicant/${applicant}  ${scope}  ${masked}`,
  );
  for (const line of lines) terminal.note(line);
  if (!canAsk()) throw new CommandError(which(fitting));
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await input.question(
      { ru: 'Кого? Номер строки: ', en: 'Whom? The number of the line: ' }[terminal.language],
    );
    const chosen = fitting[Number(answer.trim()) - 1];
    if (chosen === undefined) throw new CommandError({ ru: 'ничего не изменено', en: 'nothing was changed' });
    return chosen;
  } finally {
    input.close();
  }
}

/** Whom only events in quarantine name: what is kept of them is kept all the same. */
async function doubtful(
  { quarantine }: Pick<Composition, 'quarantine'>,
  applicant: string,
  source: string | undefined,
): Promise<Person[]> {
  const named = (await quarantine.whom()).filter(
    (event) => event.applicant === applicant && (source === undefined || event.source === source),
  );
  return [...new Set(named.map(({ scope }) => scope))].map((scope) => ({
    id: 0,
    ids: [],
    scope,
    applicant,
    applicants: [applicant],
    name: '',
    masked: '',
    profile: {},
  }));
}

/** That somebody was, where that is why nothing is known. */
export async function whyForgotten(
  { database, config: { zone } }: Pick<Composition, 'database' | 'config'>,
  asked: string,
): Promise<Text | undefined> {
  const [row] = await forgottenAs(database, asked.trim());
  return row && forgottenText(asked.trim(), row.id, formatTime(row.marked_at, zone));
}

async function ofSource(
  { database }: Pick<Composition, 'database'>,
  people: readonly Person[],
  source: string,
): Promise<Person[]> {
  const known = await Promise.all(
    people.map(({ ids }) =>
      database.queries
        .selectFrom('events')
        .select('id')
        .where('person', 'in', [...ids])
        .where('source', '=', source)
        .limit(1)
        .executeTakeFirst(),
    ),
  );
  return people.filter((_, at) => known[at] !== undefined);
}

const nobody = (asked: string) =>
  /^\d+$/.test(asked)
    ? {
        ru: `о кандидате ${asked} ничего не известно: проверьте номер и --source`,
        en: `nothing is known about applicant ${asked}: check the id and --source`,
      }
    : { ru: 'никого с таким именем, почтой или телефоном нет', en: 'nobody has such a name, mail address or phone' };

const which = ([first, ...others]: readonly Person[]) => ({
  ru: `подходят: ${others.length + 1}; назовите одного номером кандидата вместо имени${first && ` (${first.applicant})`}, при нужде с --source`,
  en: `${others.length + 1} fit: name one by the applicant's id in place of the name${first && ` (${first.applicant})`}, with --source where it is needed`,
});
