import { sql } from 'kysely';
import { type Executor, isPostgres } from '../database/executor.ts';

/** Rows of people that have a term, the newest first. */
export async function peopleWith(queries: Executor, term: number, limit: number): Promise<number[]> {
  return peopleNamed(queries, [term], limit);
}

/** That have all of these terms. */
export async function peopleNamed(queries: Executor, terms: readonly number[], limit: number): Promise<number[]> {
  const [first, ...others] = await rarestFirst(queries, terms);
  if (first === undefined) return [];
  const have = others.map((term) => (isPostgres(queries) ? sql`person = any(array(${whoHas(term)}))` : alsoHas(term)));
  const conditions = sql.join([sql`term = ${first}`, ...have], sql` and `);
  const { rows } = await sql<{ person: number }>`
    select person from person_terms as found where ${conditions} order by person desc limit ${limit}`.execute(queries);
  return rows.map(({ person }) => person);
}

/** PostgreSQL reads both lists and walks them side by side: 4 ms for 11,000 of each, where steps took 35 (measured). */
function whoHas(term: number) {
  return sql`select person from person_terms where term = ${term}`;
}

/** SQLite steps through the index in no time, and would sort a list first. */
function alsoHas(term: number) {
  return sql`exists (select 1 from person_terms as also where also.term = ${term} and also.person = found.person)`;
}

/** Two words that begin alike are one term. */
export function peopleBegunWith(queries: Executor, terms: readonly number[], limit: number): Promise<number[]> {
  return peopleNamed(queries, [...new Set(terms)], limit);
}

/** A million people share few first names: the walk begins at what is rare. Counted no further than that matters. */
async function rarestFirst(queries: Executor, terms: readonly number[]): Promise<number[]> {
  if (terms.length < 2) return [...terms];
  const counted = await Promise.all(
    terms.map(async (term) => {
      const few = sql`select 1 as one from person_terms where term = ${term} limit 20000`;
      const { rows } = await sql<{ count: number }>`select count(*) as count from (${few}) as few`.execute(queries);
      return { term, count: rows[0]?.count ?? 0 };
    }),
  );
  if (counted.some(({ count }) => count === 0)) return [];
  return counted.toSorted((a, b) => a.count - b.count).map(({ term }) => term);
}
