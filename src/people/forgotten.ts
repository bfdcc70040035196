import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { type ForgettingRow, forgettingsLike } from './forgettings.ts';

/** That somebody was forgotten: when, and the number of the act; null: another machine has it. */
export interface Forgotten {
  readonly at: number;
  readonly act: number | null;
}

const selectPerson = statement<{ person: number }, { forgotten_at: number | null }>(
  'select forgotten_at from people where id = :person',
);
// Of a copy that was put back the mark is younger than the act.
const selectActs = statement<{ like: string }, Pick<ForgettingRow, 'id' | 'people' | 'marked_at'>>(
  'select id, people, marked_at from forgettings where people like :like',
);

/** Of a row of people; undefined: nobody forgot them. */
export async function forgottenPerson({ reads }: Database, person: number | null): Promise<Forgotten | undefined> {
  const at = person === null ? undefined : (await selectPerson(reads, { person }))[0]?.forgotten_at;
  if (at === undefined || at === null) return undefined;
  const acts = await selectActs(reads, { like: `%${person}%` });
  const act = acts.find(({ people }) => peopleOf(people).includes(person ?? 0));
  return { at: act?.marked_at ?? at, act: act?.id ?? null };
}

/** Of everybody who was called so. */
export async function forgottenAs({ reads }: Database, applicant: string): Promise<readonly ForgettingRow[]> {
  return /^\d{1,100}$/.test(applicant) ? forgettingsLike(reads, { like: `%"${applicant}"%` }) : [];
}

function peopleOf(column: string): readonly number[] {
  const people: readonly number[] = JSON.parse(column);
  return people;
}
