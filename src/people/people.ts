import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { isPostgres } from '../database/executor.ts';
import { indexed } from '../database/indexed.ts';
import type { PeopleTable } from '../database/tables/people.ts';
import type { Profile } from '../huntflow/person.ts';
import { maskText } from '../report/mask.ts';
import { fullName, nameWords } from './plain-name.ts';
import { openProfile, type Seals } from './seals.ts';
import { peopleBegunWith, peopleNamed, peopleWith } from './search-terms.ts';

/** A person as one, whatever Huntflow merged into it. */
export interface Person {
  /** The row that stands for all. */
  readonly id: number;
  /** Every row of the person: events, deliveries, attempts and references name one of these. */
  readonly ids: readonly number[];
  readonly scope: string;
  /** Huntflow's id of the survivor, and of all that were merged into it, the survivor's first. */
  readonly applicant: string;
  readonly applicants: readonly string[];
  /** Surname, first name and patronymic; empty: no event told them. Only for whoever may see it. */
  readonly name: string;
  /** The same, masked. */
  readonly masked: string;
  readonly profile: Profile;
}

/** Rows looked at when a name is only begun. */
const candidates = 300;

/** Who is known: found by Huntflow's id, a name, a mail address or a phone. */
export class People {
  readonly #database: Database;
  readonly #seals: Seals;

  constructor(database: Database, seals: Seals) {
    this.#database = database;
    this.#seals = seals;
  }

  /**
   * Whoever fits an id, a mail address, a phone, or words of a name; of a word three letters will do. The newest first.
   * Empty: nobody, or nothing that anybody could be found by.
   */
  async search(text: string, limit = 50): Promise<Person[]> {
    const asked = text.trim();
    const { queries } = this.#database;
    const found = new Set<number>();
    const add = (ids: readonly number[]) => ids.forEach((id) => found.add(id));
    if (/^\d{1,100}$/.test(asked)) add(await this.#called(asked));
    const phone = /^[\d\s()+.-]+$/.test(asked) ? this.#seals.index.phone(asked) : undefined;
    if (asked.includes('@')) add(await peopleWith(queries, this.#seals.index.mail(asked), limit));
    else if (phone !== undefined) add(await peopleWith(queries, phone, limit));
    else if (found.size === 0) return this.#named(nameWords(asked), limit);
    return (await this.#peopleOf([...found])).slice(0, limit);
  }

  /** An applicant of one scope, or of every scope that knows one of that id. */
  async find(applicant: string, scope?: string): Promise<Person[]> {
    const people = await this.#peopleOf(await this.#called(applicant));
    return scope === undefined ? people : people.filter((person) => person.scope === indexed(scope));
  }

  /** Of a row of people; undefined: there is none, or it was forgotten. */
  async of(id: number): Promise<Person | undefined> {
    return (await this.#peopleOf([id]))[0];
  }

  async #called(applicant: string): Promise<number[]> {
    const rows = await this.#database.queries
      .selectFrom('people')
      .select('id')
      .where('applicant', '=', indexed(applicant))
      .where('forgotten_at', 'is', null)
      .limit(1000)
      .execute();
    return rows.map(({ id }) => id);
  }

  async #named(words: readonly string[], limit: number): Promise<Person[]> {
    if (words.length === 0) return [];
    const { queries } = this.#database;
    const { index } = this.#seals;
    const isShort = words.some((word) => word.length < 3);
    const whole = words.map((word) => index.word(word));
    const begun = isShort ? [] : words.map((word) => index.begin(word));
    const [named, others] = await Promise.all([
      peopleNamed(queries, whole, limit),
      peopleBegunWith(queries, begun, candidates),
    ]);
    if (named.length >= limit) {
      const people = await this.#peopleOf(named);
      if (people.length >= limit || isShort) return people;
    }
    const people = await this.#peopleOf([...new Set([...named, ...others])]);
    const asked = new Set(named);
    return people.filter((each) => each.ids.some((id) => asked.has(id)) || isBegun(each, words)).slice(0, limit);
  }

  /** Of rows, in the order given; each person once. */
  async #peopleOf(ids: readonly number[]): Promise<Person[]> {
    if (ids.length === 0) return [];
    const named = await this.#family(ids);
    const wanted = [...new Set(ids.flatMap((id) => rootOf(named.get(id)) ?? []))];
    // Few were merged into somebody who was not asked for.
    const others = await this.#family(wanted.filter((id) => !named.has(id)));
    const rows = [...new Map([...named, ...others]).values()]
      .filter((row) => row.forgotten_at === null)
      .toSorted((a, b) => a.id - b.id);
    await this.#seals.want(rows.map(({ profile }) => profile));
    const opened = await Promise.all(
      rows.map(async (row) => ({ ...row, profile: await openProfile(this.#seals, row) })),
    );
    const people = Map.groupBy(opened, (row) => row.merged_into ?? row.id);
    return wanted.flatMap((root) => personOf(root, people.get(root) ?? []) ?? []);
  }

  /** These rows, and those that were merged into them. One look each: with `or` PostgreSQL makes a map of the table. */
  async #family(ids: readonly number[]) {
    const [own, merged] = await Promise.all([this.#rows('id', ids), this.#rows('merged_into', ids)]);
    return new Map([...own, ...merged]);
  }

  async #rows(column: 'id' | 'merged_into', ids: readonly number[]) {
    const { queries } = this.#database;
    if (ids.length === 0) return new Map<number, Selectable<PeopleTable>>();
    // PostgreSQL parses and plans a list of 300 values for as long as it looks for them.
    const among = isPostgres(queries) ? sql`any(${ids}::bigint[])` : sql`(${sql.join([...ids])})`;
    const is = isPostgres(queries) ? sql`=` : sql`in`;
    const rows = await queries
      .selectFrom('people')
      .selectAll()
      .where(sql<boolean>`${sql.ref(column)} ${is} ${among}`)
      .where(column, 'is not', null)
      .execute();
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function rootOf(row: Selectable<PeopleTable> | undefined): number | undefined {
  return row?.merged_into ?? row?.id;
}

function personOf(root: number, rows: readonly Selectable<PeopleTable>[]): Person | undefined {
  const survivor = rows.find(({ id }) => id === root);
  if (survivor?.applicant === null || survivor === undefined) return undefined;
  const profile = readProfile(survivor.profile ?? rows.find((row) => row.profile !== null)?.profile ?? null);
  const name = fullName(profile);
  const others = rows.filter(({ id }) => id !== root);
  return {
    id: root,
    ids: [root, ...others.map(({ id }) => id)],
    scope: survivor.scope,
    applicant: survivor.applicant,
    applicants: [survivor.applicant, ...others.flatMap(({ applicant }) => applicant ?? [])],
    name,
    masked: maskText(name),
    profile,
  };
}

function readProfile(column: string | null): Profile {
  const profile: Profile = column === null ? {} : JSON.parse(column);
  return profile;
}

/** The index knows three letters of a word; the rest is looked up in the name. */
function isBegun({ name }: Person, words: readonly string[]): boolean {
  const own = nameWords(name);
  return words.every((word) => own.some((each) => each.startsWith(word)));
}
