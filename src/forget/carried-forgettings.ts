import { existsSync } from 'node:fs';
import { Audit } from '../audit/audit.ts';
import { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { carryForgetting } from './carry-forgetting.ts';
import type { Erasure } from './erasure.ts';
import { type ForgettingRow, selectForgettings } from '../people/forgettings.ts';
import { endAllLeases, forgetLost } from './lost-people.ts';

const selectPeople = statement<{ scope: string; applicant: string; marked: number }, { id: number }>(`
  select id from people
  where scope = :scope and applicant = :applicant and forgotten_at is null and created_at <= cast(:marked as bigint)`);

/** Whom the SQLite database of a path forgot. Empty: it is damaged, or from before anybody was. */
export async function forgettingsIn(path: string): Promise<readonly ForgettingRow[]> {
  if (!existsSync(path)) return [];
  const database = new Database(`sqlite:${path}`);
  const audit = new Audit(database, { current: () => '', known: () => [] }, Date.now);
  try {
    const rows = (await selectForgettings(database.reads, {})).toReversed();
    return await Promise.all(
      // The copy may be of an earlier version, which had neither.
      rows.map(async (row) => ({
        ...row,
        extract: row.extract ?? (await extractOf(row, audit)),
        sent: row.sent ?? null,
      })),
    );
  } catch {
    return [];
  } finally {
    await database.close();
  }
}

/** An earlier version kept none: the audit stays behind with the database that it is in. */
async function extractOf({ id }: ForgettingRow, audit: Audit): Promise<string> {
  return JSON.stringify((await audit.list({ on: `forgetting/${id}` })).toReversed());
}

/**
 * Whoever was forgotten since a copy was made is forgotten in it too, with or without keys, and the proof of it, which
 * is kept for three years, goes over.
 */
export async function carryForgettings(
  { database, erasure }: { readonly database: Database; readonly erasure: Erasure },
  rows: readonly ForgettingRow[],
  now: number,
): Promise<{ readonly forgettings: readonly number[]; readonly people: number }> {
  const known = new Set((await selectForgettings(database.reads, {})).map(identity));
  const carried = { forgettings: new Array<number>(), people: 0 };
  await database.call(endAllLeases, undefined);
  for (const row of rows.filter((each) => !known.has(identity(each)))) {
    const applicants: readonly string[] = JSON.parse(row.applicants);
    const { scope, marked_at: marked } = row;
    const found = await Promise.all(
      applicants.map((applicant) => selectPeople(database.reads, { scope, applicant, marked })),
    );
    const people = found.flat().map(({ id }) => id);
    for (const person of people) await database.call(forgetLost, { person, now });
    await erasure.erase({ people, scope, applicants });
    carried.forgettings.push(await database.call(carryForgetting, { ...row, people: JSON.stringify(people) }));
    carried.people += people.length;
  }
  return carried;
}

function identity({ scope, applicants, marked_at: marked }: ForgettingRow): string {
  return JSON.stringify([scope, applicants, marked]);
}
