import { loadavg } from 'node:os';
import { expect } from 'chai';
import { Procedure } from '../../src/database/procedure.ts';
import { statement } from '../../src/database/statement.ts';
import { People } from '../../src/people/people.ts';
import { Seals } from '../../src/people/seals.ts';
import { Chance } from '../support/chance.ts';
import { engines, openStores, type Stores } from '../support/stores.ts';

const count = process.env['SOAK'] === undefined ? 5_000 : 1_000_000;
const slice = 5_000;

interface Rows {
  readonly people: readonly {
    readonly applicant: string;
    readonly profile: string;
    readonly terms: readonly number[];
  }[];
}

const insertPerson = statement<{ applicant: string; profile: string }, { id: number }>(`
  insert into people (scope, applicant, profile, digest, created_at) values ('s', :applicant, :profile, 1, 1) returning id`);
const insertTerm = statement<{ term: number; person: number }>(
  'insert into person_terms (term, person) values (:term, :person) on conflict do nothing',
);
const insertPeople = statement<{ applicants: readonly string[]; profiles: readonly string[] }, { id: number }>(`
  insert into people (scope, applicant, profile, digest, created_at)
  select 's', applicant, profile, 1, 1 from unnest(:applicants::text[], :profiles::text[]) as made(applicant, profile)
  returning id`);
const insertTerms = statement<{ terms: readonly number[]; people: readonly number[] }>(`
  insert into person_terms (term, person) select * from unnest(:terms::bigint[], :people::bigint[])
  on conflict do nothing`);

const fill = new Procedure('fillPeople', async (transaction, { people }: Rows): Promise<void> => {
  if (transaction.engine === 'sqlite') {
    for (const { terms, ...person } of people) {
      const [row] = await insertPerson(transaction, person);
      for (const term of terms) await insertTerm(transaction, { term, person: row?.id ?? 0 });
    }
    return;
  }
  const ids = await insertPeople(transaction, {
    applicants: people.map(({ applicant }) => applicant),
    profiles: people.map(({ profile }) => profile),
  });
  const pairs = people.flatMap(({ terms }, at) => terms.map((term) => [term, ids[at]?.id ?? 0] as const));
  await insertTerms(transaction, { terms: pairs.map(([term]) => term), people: pairs.map(([, id]) => id) });
});

const consonants = 'бвгджзклмнпрстфхцчш';
const vowels = 'аеиоуыэюя';

/** A name by chance: few first names for many people, and surnames of which some are frequent. */
function nameOf(chance: Chance) {
  const syllables = (number: number, length: number) =>
    Array.from({ length }, (_, at) => {
      const part = Math.floor(number / 50 ** at) % 50;
      return `${consonants[part % consonants.length]}${vowels[part % vowels.length]}`;
    }).join('');
  const surname = Math.floor(chance.next() ** 2 * 100_000);
  return {
    last: `${syllables(surname, 3)}ев`,
    first: `${syllables(chance.below(200), 2)}н`,
    middle: `${syllables(chance.below(200), 2)}ович`,
  };
}

for (const engine of engines) {
  describe(`a search among ${count} people (${engine})`, function () {
    this.timeout(1_200_000);
    let stores: Stores;

    before(async () => {
      stores = await openStores(engine);
      const { index } = new Seals(stores.database);
      const chance = new Chance(1);
      for (let from = 0; from < count; from += slice) {
        const people = Array.from({ length: slice }, (_, at) => {
          const profile = { ...nameOf(chance), mail: `a${from + at}@example.org` };
          return { applicant: String(from + at), profile: JSON.stringify(profile), terms: index.termsOf(profile) };
        });
        await stores.database.call(fill, { people });
      }
      if (engine === 'postgres') {
        const { sql } = await import('kysely');
        // What autovacuum does within minutes: until then each row of the index is looked up in its table (135 ms).
        await sql`vacuum (analyze) people, person_terms`.execute(stores.database.queries);
      }
    });
    after(() => stores.close());

    it('takes 50 ms at the 95th percentile', async () => {
      const people = new People(stores.database, new Seals(stores.database));
      const chance = new Chance(2);
      const asked = Array.from({ length: 300 }, (_, number) => {
        const { last, first } = nameOf(chance);
        return (
          [last, `${last} ${first}`, `${first} ${last.slice(0, 3)}`, first, `a${number}@example.org`][number % 5] ?? ''
        );
      });
      let found = 0;
      const before = process.cpuUsage();
      const once = async (text: string) => {
        const begun = performance.now();
        found += (await people.search(text)).length;
        return performance.now() - begun;
      };
      const firsts: number[] = [];
      const bests: number[] = [];
      for (const text of asked) {
        const times = [await once(text), await once(text), await once(text)];
        firsts.push(times[0] ?? 0);
        // What else a machine does meanwhile is no part of a search.
        bests.push(Math.min(...times));
      }
      const { user, system } = process.cpuUsage(before);
      const at = (times: readonly number[], share: number) =>
        times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
      const p95 = at(bests, 0.95);
      if (process.env['SOAK'] !== undefined)
        process.stdout.write(
          `      best of three p50 ${at(bests, 0.5).toFixed(1)} p95 ${p95.toFixed(1)} ms, first p50 ` +
            `${at(firsts, 0.5).toFixed(1)} p95 ${at(firsts, 0.95).toFixed(1)} ms, ` +
            `${((user + system) / 900_000).toFixed(1)} ms of processor here, load ${loadavg()[0]?.toFixed(1)}\n`,
        );
      expect(found).to.be.above(300);
      expect(p95).to.be.below(50);
    });
  });
}
