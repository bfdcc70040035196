import { sql } from 'kysely';
import type { Executor } from '../database/executor.ts';

/** Rows of people that have a term, the newest first. */
export async function peopleWith(queries: Executor, term: number, limit: number): Promise<number[]> {
  return peopleNamed(queries, [term], limit);
}

/** That have all of these terms. */
export async function peopleNamed(queries: Executor, terms: readonly number[], limit: number): Promise<number[]> {
  const [first, ...others] = await rarestFirst(queries, terms);
  if (first === undefined) return [];
  let query = queries.selectFrom('person_terms as found').select('found.person').where('found.term', '=', first);
  for (const term of others)
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('person_terms as also')
          .select('also.term')
          .where('also.term', '=', term)
          .whereRef('also.person', '=', 'found.person'),
      ),
    );
  return (await query.orderBy('found.person', 'desc').limit(limit).execute()).map(({ person }) => person);
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
      const few = sql`select 1 as one from person_terms where term = ${term} limit 2000`;
      const { rows } = await sql<{ count: number }>`select count(*) as count from (${few}) as few`.execute(queries);
      return { term, count: rows[0]?.count ?? 0 };
    }),
  );
  if (counted.some(({ count }) => count === 0)) return [];
  return counted.toSorted((a, b) => a.count - b.count).map(({ term }) => term);
}
