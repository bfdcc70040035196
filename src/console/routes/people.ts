import { object, string } from 'yup';
import { trimmedText } from '../api/trimmed-text.ts';
import { wallTimeAt } from '../../mapping/conversions/wall-time.ts';
import { forgottenAs } from '../../people/forgotten.ts';
import type { Person } from '../../people/people.ts';
import { forgottenText } from '../../shown/forgetting.ts';
import { personSchema, roadSchema, shownPerson, shownRoad } from '../../shown/person.ts';
import { readRoad } from '../../shown/read-road.ts';
import { count, page, shape } from '../../shown/shape.ts';
import { conflict, notFound } from '../api/api-error.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';

const mostFound = 50;
/** Deliveries that are looked at for how many of each person's are open. */
const mostOpen = 1001;

/** Somebody found, and whether anything of theirs stands still. */
const foundSchema = shape({ ...personSchema.fields, stopped: count(), waiting: count() });

/** Whom it is all about. */
export function peopleRoutes(parts: ConsoleParts): Endpoint[] {
  const { database, people } = parts;
  return [
    endpoint({
      method: 'post',
      path: '/people/search',
      role: 'viewer',
      summary: {
        ru: 'Найти по номеру, имени, почте или телефону; в адресах и журналах этого нет',
        en: 'Find by id, name, mail or phone; none of it stands in addresses or logs',
      },
      body: object({ q: trimmedText().min(1).max(200).required() }).noUnknown(),
      answer: page(foundSchema),
      act: async ({ body: { q } }) => {
        const found = await people.search(q, mostFound);
        const [stopped, waiting] = await Promise.all([openOf(parts, found, 'dead'), openOf(parts, found, 'pending')]);
        return {
          items: found.map((person) => ({
            ...shownPerson(person),
            stopped: person.ids.reduce((sum, id) => sum + (stopped.get(id) ?? 0), 0),
            waiting: person.ids.reduce((sum, id) => sum + (waiting.get(id) ?? 0), 0),
          })),
          next: null,
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/people/:applicant',
      role: 'viewer',
      summary: { ru: 'Дорога одного человека', en: 'The road of one person' },
      query: object({ scope: string().max(400) }).noUnknown(),
      answer: roadSchema,
      act: async ({ params, query: { scope }, language }) => {
        const applicant = params['applicant'] ?? '';
        const found = await people.find(applicant, scope);
        const [forgotten] = found.length > 0 ? [] : await forgottenAs(database, applicant);
        if (forgotten !== undefined)
          throw notFound(
            forgottenText(
              applicant,
              forgotten.id,
              wallTimeAt(forgotten.marked_at, parts.config.zone).replace('T', ' '),
            ),
          );
        const person = only(applicant, found);
        return shownRoad(await readRoad({ ...parts, zone: parts.config.zone }, person), language);
      },
    }),
  ];
}

/** How many deliveries in that state each row of people has. */
async function openOf({ outbox }: ConsoleParts, found: readonly Person[], state: 'dead' | 'pending') {
  const ids = found.flatMap((person) => person.ids);
  const counts = new Map<number, number>();
  if (ids.length === 0) return counts;
  for (const { person } of await outbox.list({ people: ids, state, limit: mostOpen }))
    if (person !== null) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}

/** Two organisations may count their applicants alike. */
function only(applicant: string, found: readonly Person[]): Person {
  const [person, other] = found;
  const shown = applicant.slice(0, 100);
  if (person === undefined) throw notFound({ ru: `кандидата ${shown} нет`, en: `there is no applicant ${shown}` });
  if (other !== undefined)
    throw conflict({
      ru: `кандидатов ${shown} несколько, добавьте scope: ${found.map(({ scope }) => scope).join(', ')}`,
      en: `there are several applicants ${shown}, add scope: ${found.map(({ scope }) => scope).join(', ')}`,
    });
  return person;
}
