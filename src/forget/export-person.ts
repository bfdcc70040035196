import { join } from 'node:path';
import { openFile } from '../attachments/sealed-file.ts';
import { ifMissing } from '../process/if-missing.ts';
import { addressesIn, filesIn, nameOfFile } from '../attachments/file-reference.ts';
import type { Database } from '../database/database.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Quarantine } from '../inbox/quarantine.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { openNames } from '../outbox/seal-words.ts';
import type { Person } from '../people/people.ts';
import type { Seals } from '../people/seals.ts';

interface ExportParts {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly quarantine: Quarantine;
  readonly seals: Seals;
  /** Where files of Huntflow are kept. */
  readonly filesFolder: string;
}

/** All that is kept about a person, readable, with the files. */
export async function exportPerson(
  { database, inbox, outbox, quarantine, seals, filesFolder }: ExportParts,
  person: Person,
) {
  const names = new Map<string, string>();
  const wanted = (scope: string, file: string | number) => names.set(nameOfFile(scope, file), String(file));
  const events = [];
  const known = (await rowsOf(database, 'events', person)).map(({ id }) => id);
  for (const id of [...known, ...(await doubtful(quarantine, person))]) {
    const event = await inbox.find(id);
    if (event === undefined) continue;
    const body = asJson(event.body === null ? null : Buffer.from(event.body).toString('utf8'));
    for (const file of addressesIn(body).keys()) wanted(event.scope, file);
    events.push({
      id,
      source: event.source,
      event: event.event,
      type: event.type,
      action: event.action,
      state: event.state,
      receivedAt: iso(event.receivedAt),
      body,
    });
  }
  const deliveries = [];
  for (const delivery of person.ids.length === 0 ? [] : await outbox.list({ people: person.ids })) {
    const { id, eventId, mapping, target, state, createdAt, scope } = delivery;
    const record = asJson((await outbox.record(id)) ?? null);
    for (const { file } of filesIn(record)) wanted(scope, file);
    const attempts = (await outbox.attempts(id)).map((attempt) => ({
      ...attempt,
      startedAt: iso(attempt.startedAt),
      finishedAt: iso(attempt.finishedAt),
    }));
    const key = await outbox.keyText(delivery);
    deliveries.push({ id, eventId, mapping, target, key, state, createdAt: iso(createdAt), record, attempts });
  }
  const files: { readonly file: string; readonly name: string; readonly content: Buffer }[] = [];
  for (const [name, file] of names) {
    const content = await ifMissing(openFile(seals, join(filesFolder, name), name));
    if (content !== undefined) files.push({ file, name, content });
  }
  const { scope, applicant, applicants, profile } = person;
  return {
    applicant,
    applicants,
    scope,
    person: profile,
    events,
    deliveries,
    references: await referencesOf(database, seals, person),
    files,
  };
}

/** What nobody has proved, and names this person all the same. */
async function doubtful(quarantine: Quarantine, { scope, applicants }: Person): Promise<number[]> {
  return (await quarantine.whom()).flatMap((event) =>
    event.scope === scope && applicants.includes(event.applicant) ? event.id : [],
  );
}

async function rowsOf(database: Database, table: 'events', { ids }: Person) {
  if (ids.length === 0) return [];
  return database.queries
    .selectFrom(table)
    .select('id')
    .where('person', 'in', [...ids])
    .orderBy('id')
    .execute();
}

async function referencesOf(database: Database, seals: Seals, { ids, scope, applicants }: Person) {
  const rows = await database.queries
    .selectFrom('references')
    .select(['target', 'scope', 'kind', 'entity', 'role', 'entity_set as set', 'name', 'note'])
    .where((where) =>
      where.or([
        ...(ids.length === 0 ? [] : [where('person', 'in', [...ids])]),
        where.and([
          where('scope', '=', scope),
          where('kind', '=', 'applicant'),
          where('entity', 'in', [...applicants]),
        ]),
      ]),
    )
    .execute();
  return Promise.all(
    rows.map(async ({ scope: of, ...row }) => ({ ...row, ...(await openNames(seals, { scope: of, ...row })) })),
  );
}

function asJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const iso = (time: number): string => new Date(time).toISOString();
