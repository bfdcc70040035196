import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { Profile } from '../huntflow/person.ts';
import { withKeys } from './hold-key.ts';
import { newSeal, sealedWith } from './sealed-with.ts';
import {
  type IndexedPerson,
  reachSeal,
  type SealedDeliveryRow,
  type SealedEventRow,
  sealDeliveriesAnew,
  sealEvents,
  sealPeople,
} from './seal-old.ts';
import { openProfile, sealedPerson, type SealKey, type Seals } from './seals.ts';

/** Rows of one transaction. */
const slice = 100;

interface Reached {
  readonly events: number;
  readonly deliveries: number;
}

const selectMark = statement<{ name: string }, { value: string }>('select value from privacy where name = :name');
const selectPeople = statement<
  { after: number; most: number },
  { id: number; applicant: string; profile: string; key: number | null }
>(`
  select id, applicant, profile, key from people
  where id > cast(:after as bigint) and digest is null and profile is not null and forgotten_at is null
  order by id limit cast(:most as bigint)`);
const selectEvents = statement<
  { after: number; most: number },
  { id: number; body: Uint8Array | null; seal: number | null; person: number | null; received_at: number }
>(`
  select id, body, seal, person, received_at from events
  where id > cast(:after as bigint) order by id limit cast(:most as bigint)`);
const selectDeliveries = statement<
  { after: number; most: number },
  {
    id: number;
    record: string | null;
    progress: string | null;
    key: string | null;
    key_text: string | null;
    seal: number | null;
    person: number | null;
    created_at: number;
    leased: number;
  }
>(`
  select deliveries.id, record, progress, deliveries.key, key_text, seal, person, created_at,
    case when lanes.head = deliveries.pos and lanes.lease_until > 0 then 1 else 0 end as leased
  from deliveries left join lanes on lanes.id = deliveries.lane_id
  where deliveries.id > cast(:after as bigint) order by deliveries.id limit cast(:most as bigint)`);
export interface SealingOfOldParts {
  readonly database: Database;
  readonly seals: Seals;
  /** Seals what lies beside those, and says how much. */
  readonly words: (signal: AbortSignal) => Promise<number>;
  /** Takes copies of the whole database away that nobody sealed. */
  readonly copies: () => Promise<unknown>;
  /** Told when the next start has to write the file anew. */
  readonly postponed: () => void;
}

/**
 * Seals what was kept before there was a key, beside the service's work; goes on where an earlier process ended.
 * Resolves with the rows that had to be left, because attempts were at work on them.
 */
export class SealingOfOld {
  readonly #database: Database;
  readonly #seals: Seals;
  readonly #parts: SealingOfOldParts;

  constructor(parts: SealingOfOldParts) {
    this.#database = parts.database;
    this.#seals = parts.seals;
    this.#parts = parts;
  }

  async run(signal: AbortSignal): Promise<{ readonly sealed: number; readonly left: number }> {
    const counts = { sealed: 0, left: 0 };
    if (!this.#seals.isOn) return counts;
    const before = await this.#mark('cleaned');
    await this.#rows(signal, counts);
    counts.sealed += await this.#parts.words(signal);
    if (signal.aborted || counts.left > 0 || (isLooked(before) && counts.sealed === 0)) return counts;
    // Whoever is killed before this is written cleans at the next start.
    if (isLooked(before)) await this.#database.call(reachSeal, { name: 'cleaned', value: 'again' });
    const isClean = await this.#database.compact('small');
    await this.#parts.copies();
    await this.#database.call(reachSeal, { name: 'cleaned', value: isClean ? 'done' : atStart });
    if (!isClean) this.#parts.postponed();
    return counts;
  }

  /** Before anybody is served: a large file of which something lay in clear is written anew, some seconds a gigabyte. */
  async cleanAtStart(): Promise<void> {
    if (!this.#seals.isOn || (await this.#mark('cleaned')) !== atStart) return;
    if (await this.#database.compact('any')) await this.#database.call(reachSeal, { name: 'cleaned', value: 'done' });
  }

  async #mark(name: string): Promise<string | undefined> {
    return (await selectMark(this.#database.reads, { name }))[0]?.value;
  }

  async #rows(signal: AbortSignal, counts: { sealed: number; left: number }): Promise<void> {
    const mark = await this.#mark('sealed');
    if (mark === 'done') return;
    const reached: Reached = mark === undefined ? { events: 0, deliveries: 0 } : JSON.parse(mark);
    await this.#people(signal);
    let { events, deliveries } = reached;
    while (!signal.aborted) {
      const last = { events, deliveries };
      [events, deliveries] = [await this.#events(events, counts), await this.#deliveries(deliveries, counts)];
      if (events === last.events && deliveries === last.deliveries) break;
      await this.#database.call(reachSeal, { name: 'sealed', value: JSON.stringify({ events, deliveries }) });
    }
    if (signal.aborted) return;
    // What was left is looked for from the beginning once more.
    const value = counts.left > 0 ? JSON.stringify({ events, deliveries: 0 }) : 'done';
    await this.#database.call(reachSeal, { name: 'sealed', value });
  }

  async #people(signal: AbortSignal): Promise<void> {
    for (let after = 0; !signal.aborted;) {
      const rows = await selectPeople(this.#database.reads, { after, most: slice });
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
      await this.#written(async () => {
        const people: IndexedPerson[] = [];
        await this.#look(rows.map(({ id }) => ({ person: id, at: 0 })));
        for (const row of rows) {
          const [key, text] = [await this.#seals.forPerson(row.id), await openProfile(this.#seals, row)];
          if (key === undefined || text === null) continue;
          const profile: Profile = JSON.parse(text);
          const [terms, digest] = [this.#seals.index.termsOf(profile), this.#seals.index.digestOf(profile)];
          const sealed = sealedPerson({ applicant: row.applicant, profile: text, digest, terms }, key, this.#seals);
          people.push({ id: row.id, with: sealedWith(key), profile: sealed.profile ?? '', digest, terms });
        }
        await this.#database.call(sealPeople, people);
      });
    }
  }

  async #events(after: number, counts: { sealed: number }): Promise<number> {
    const rows = await selectEvents(this.#database.reads, { after, most: slice });
    await this.#written(async () => {
      const sealed: SealedEventRow[] = [];
      await this.#look(rows.map(({ person, received_at: at }) => ({ person, at })));
      for (const { id, body, seal: before, person, received_at: at } of rows) {
        if (body === null || before !== null) continue;
        const key = await this.#seals.forRow(person, at);
        if (key === undefined) continue;
        const seal = newSeal();
        const place = { table: 'events', column: 'body', row: seal };
        sealed.push({ id, seal, with: sealedWith(key), body: new Uint8Array(this.#seals.sealBytes(key, place, body)) });
      }
      if (sealed.length > 0) await this.#database.call(sealEvents, sealed);
      counts.sealed += sealed.length;
    });
    return rows.at(-1)?.id ?? after;
  }

  async #deliveries(after: number, counts: { sealed: number; left: number }): Promise<number> {
    const rows = await selectDeliveries(this.#database.reads, { after, most: slice });
    await this.#written(async () => {
      const sealed: SealedDeliveryRow[] = [];
      await this.#look(rows.map(({ person, created_at: at }) => ({ person, at })));
      for (const row of rows) {
        if (row.seal !== null || (row.record === null && row.key_text === null)) continue;
        if (row.leased === 1) {
          counts.left += 1;
          continue;
        }
        const key = await this.#seals.forRow(row.person, row.created_at);
        if (key === undefined) continue;
        const seal = newSeal();
        const at = (column: string) => ({ table: 'deliveries', column, row: seal });
        sealed.push({
          id: row.id,
          seal,
          with: sealedWith(key),
          record: row.record === null ? null : this.#seals.sealText(key, at('record'), row.record),
          progress: row.progress === null ? null : this.#seals.sealText(key, at('progress'), row.progress),
          keyText: await this.#keyText(key, row),
        });
      }
      if (sealed.length > 0) await this.#database.call(sealDeliveriesAnew, sealed);
      counts.sealed += sealed.length;
    });
    return rows.at(-1)?.id ?? after;
  }

  /** For all keys of a slice side by side: PostgreSQL answers over a network. */
  async #look(rows: readonly { readonly person: number | null; readonly at: number }[]): Promise<void> {
    await Promise.all(rows.map(({ person, at }) => this.#seals.forRow(person, at)));
  }

  /** At the first start it got the key of the month; now whose it is is known. */
  async #keyText(key: SealKey, row: { readonly key: string | null; readonly key_text: string | null }) {
    if (row.key_text === null) return null;
    const place = { table: 'deliveries', column: 'key', row: row.key ?? '' };
    const text = await this.#seals.openText(row.key_text, place);
    return text === undefined ? row.key_text : this.#seals.sealText(key, place, text);
  }

  #written<T>(write: () => Promise<T>): Promise<T> {
    return withKeys(() => this.#seals.doubt(), write);
  }
}

/** In place of `done`: all is sealed, and what lay in clear may still stand between rows. */
const atStart = 'at start';

function isLooked(mark: string | undefined): boolean {
  return mark === 'done' || mark === atStart;
}
