import { existsSync } from 'node:fs';
import { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { ForgettingRow } from '../people/mark-forgotten.ts';
import { carryForgetting } from './carry-forgetting.ts';
import { erase } from './forgetting.ts';
import { endAllLeases, forgetLost } from './lost-people.ts';

const selectAll = statement<object, ForgettingRow>('select * from forgettings order by id');
const selectPeople = statement<{ scope: string; applicant: string; marked: number }, { id: number }>(`
  select id from people
  where scope = :scope and applicant = :applicant and forgotten_at is null and created_at <= cast(:marked as bigint)`);
/** Whom the SQLite database of a path forgot. Empty: it is damaged, or from before anybody was. */
export async function forgettingsIn(path: string): Promise<readonly ForgettingRow[]> {
  if (!existsSync(path)) return [];
  const database = new Database(`sqlite:${path}`);
  try {
    return await selectAll(database.reads, {});
  } catch {
    return [];
  } finally {
    await database.close();
  }
}

/**
 * Whoever was forgotten since a copy was made is forgotten in it too, with or without keys, and the proof of it, which
 * is kept for three years, goes over.
 */
export async function carryForgettings(
  database: Database,
  rows: readonly ForgettingRow[],
  now: number,
): Promise<{ readonly forgettings: readonly number[]; readonly people: number }> {
  const known = new Set((await selectAll(database.reads, {})).map(identity));
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
    await erase(database, { people, scope, applicants });
    await database.call(carryForgetting, { ...row, people: JSON.stringify(people) });
    carried.forgettings.push(row.id);
    carried.people += people.length;
  }
  return carried;
}

function identity({ scope, applicants, marked_at: marked }: ForgettingRow): string {
  return JSON.stringify([scope, applicants, marked]);
}
