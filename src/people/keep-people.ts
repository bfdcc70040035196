import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { statement } from '../database/statement.ts';
import { holdKey, KeyLostError } from './hold-key.ts';
import type { SeenPerson } from './seen-person.ts';

/** A person as an event names one. */
export interface NamedPerson extends SeenPerson {
  readonly scope: string;
  readonly seenAt: number;
}

interface KnownRow {
  readonly id: number;
  readonly key: number | null;
  readonly digest: number | null;
}

const known =
  'select id, digest, key from people where applicant = :applicant and scope = :scope and forgotten_at is null';
// PostgreSQL: whoever forgets a person changes the row, and waits for events that name it.
const selectKnown = statement<{ scope: string; applicant: string }, KnownRow>({
  sqlite: known,
  postgres: `${known} for share`,
});

const insertPerson = statement<
  { scope: string; applicant: string; profile: string | null; digest: number | null; key: number | null; now: number },
  KnownRow
>(`
  insert into people (scope, applicant, profile, digest, key, created_at)
  values (:scope, :applicant, :profile, :digest, :key, :now) on conflict do nothing returning id, digest, key`);

const updateProfile = statement<{ id: number; profile: string | null; digest: number | null }>(
  'update people set profile = :profile, digest = :digest where id = :id',
);

const insertTerm = statement<{ term: number; person: number }>(
  'insert into person_terms (term, person) values (:term, :person) on conflict do nothing',
);

const insertTerms = statement<{ terms: readonly number[]; person: number }>(`
  insert into person_terms (term, person) select term, :person from unnest(:terms::bigint[]) as terms(term)
  on conflict do nothing`);

/**
 * The row of each, in the order given, made where there is none. In one order for everybody: two who make the same ones
 * would wait for each other. `older`: what is known of somebody is newer than what is told here.
 */
export async function keepPeople(
  transaction: Transaction,
  people: readonly NamedPerson[],
  told: 'newer' | 'older' = 'newer',
): Promise<number[]> {
  const ids: number[] = [];
  const places = people.map((person, index) => ({ person, index, key: `${person.applicant}\u001f${person.scope}` }));
  for (const { person, index } of places.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)))
    ids[index] = await keepPerson(transaction, person, told);
  return ids;
}

async function keepPerson(
  transaction: Transaction,
  { seenAt, profile, digest, terms, key: given, ...person }: NamedPerson,
  told: 'newer' | 'older',
): Promise<number> {
  const key = given ?? null;
  const named = { scope: indexed(person.scope), applicant: indexed(person.applicant) };
  let [row]: readonly KnownRow[] = await selectKnown(transaction, named);
  if (row === undefined) {
    [row] = await insertPerson(transaction, { ...named, profile, digest, key, now: seenAt });
    if (row !== undefined) {
      await keepTerms(transaction, row.id, terms);
      return row.id;
    }
    // Another instance was faster.
    [row] = await selectKnown(transaction, named);
    // The key was somebody's who has been forgotten since.
    if (row === undefined) throw new KeyLostError();
  }
  if (key !== null && row.key !== key) await holdKey(transaction, { number: key, person: row.id, month: null });
  // Earlier names stay in the index: people look for somebody by the name they remember.
  if (digest !== null && digest !== row.digest) {
    if (told === 'newer' || row.digest === null) await updateProfile(transaction, { id: row.id, profile, digest });
    await keepTerms(transaction, row.id, terms);
  }
  return row.id;
}

/** PostgreSQL takes all of a person in one statement: each is a way over the network. */
export async function keepTerms(transaction: Transaction, person: number, terms: readonly number[]): Promise<void> {
  if (terms.length === 0) return;
  if (transaction.engine === 'postgres') await insertTerms(transaction, { person, terms });
  else for (const term of terms) await insertTerm(transaction, { term, person });
}
