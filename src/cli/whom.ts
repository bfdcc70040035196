import type { Composition } from '../container.ts';
import type { Person } from '../people/people.ts';
import { canAsk } from './question.ts';
import { createInterface } from 'node:readline/promises';
import { CommandError, type Terminal } from './terminal.ts';

/**
 * The one person that an id or a name means; of several the terminal is asked which.
 * @throws CommandError
 */
export async function onePerson(
  { people, database }: Pick<Composition, 'people' | 'database'>,
  asked: string,
  source: string | undefined,
  terminal: Terminal,
): Promise<Person> {
  const found = /^\d+$/.test(asked) ? await people.find(asked) : await people.search(asked, 20);
  const fitting = source === undefined ? found : await ofSource({ database }, found, source);
  const [first, ...others] = fitting;
  if (first === undefined) throw new CommandError(nobody(asked));
  if (others.length === 0 && /^\d+$/.test(asked)) return first;
  const lines = fitting.map(
    ({ applicant, scope, masked }, at) => `${at + 1}. applicant/${applicant}  ${scope}  ${masked}`,
  );
  for (const line of lines) terminal.note(line);
  if (!canAsk()) throw new CommandError(which(fitting.length));
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

const which = (count: number) => ({
  ru: `подходят: ${count}; назовите одного по номеру кандидата, при нужде с --source`,
  en: `${count} fit: name one by the applicant's id, with --source where it is needed`,
});
