import type { SealedWith } from './sealed-with.ts';
import type { Database } from '../database/database.ts';
import { indexed } from '../database/indexed.ts';
import { statement } from '../database/statement.ts';
import { isEntityKey } from '../report/mask.ts';
import type { KeyRing } from './key-ring.ts';
import { KeyedHash } from './keyed-hash.ts';
import { NameIndex } from './name-index.ts';
import type { SeenPerson } from './seen-person.ts';
import { RecentTexts } from './recent-texts.ts';
import { KeyLostError, markLost } from './hold-key.ts';
import { type DataKey, keyNumberOf, openBytes, sealAsText, sealBytes, type SealPlace } from './sealed-bytes.ts';

export type SealKey = DataKey & SealedWith;

const selectKnown = statement<{ scope: string; applicant: string }, { id: number; key: number | null }>(
  'select id, key from people where applicant = :applicant and scope = :scope and forgotten_at is null',
);
const selectPerson = statement<{ id: number }, { key: number | null; forgotten_at: number | null }>(
  'select key, forgotten_at from people where id = :id',
);
const selectMonth = statement<{ month: string }, { key: number }>('select key from month_keys where month = :month');

/** People whose key numbers are remembered. */
const most = 50_000;

/** People whose sealed profiles are; some 500 bytes each. */
const mostProfiles = 5000;

/** The mark of a sealed text: no JSON and no key of ours begins with it. */
const mark = '~';

/**
 * Seals what is about a person under that person's key, and opens it; before the database is written and after it was
 * read, never where it is written. Without a key file everything passes as it is.
 */
export class Seals {
  readonly #database: Database;
  readonly #ring: KeyRing | undefined;
  /** Numbers of keys by whom they are for; one that is proposed is known before it is written. */
  readonly #numbers = new Map<string, Promise<number>>();
  readonly #recent = new RecentTexts();
  /** Profiles sealed lately, by the key. */
  readonly #profiles = new Map<number, { readonly plain: string; readonly sealed: string }>();
  #on = false;
  #index: NameIndex | undefined;
  #keys: KeyedHash | undefined;

  constructor(database: Database, ring?: KeyRing) {
    this.#database = database;
    this.#ring = ring;
  }

  /** False until this database is known to be sealed with these keys. */
  get isOn(): boolean {
    return this.#on;
  }

  /** The ring is open, and fits the database. */
  begin(): void {
    this.#on = this.#ring !== undefined;
  }

  get index(): NameIndex {
    return (this.#index ??= new NameIndex(this.#on ? this.#ring?.secret('names') : undefined));
  }

  /** For whatever an applicant's first event may make known; a fresh key is proposed where none is kept. */
  async forApplicant(scope: string, applicant: string): Promise<SealKey> {
    const named = { scope: indexed(scope), applicant: indexed(applicant) };
    const whose = `a${named.scope}\u001f${named.applicant}`;
    const number = await this.#number(whose, async () => (await selectKnown(this.#database.reads, named))[0]?.key);
    const key = await this.#opened.find(number);
    if (key !== undefined) return { number, key, person: null, month: null };
    // The store is older than the database, or somebody forgot this person elsewhere: whoever comes now is somebody new.
    await this.#database.call(markLost, { number, now: Date.now() });
    this.#numbers.delete(whose);
    return this.forApplicant(scope, applicant);
  }

  /** Undefined: the person was forgotten. */
  async forPerson(person: number): Promise<SealKey | undefined> {
    const whose = `p${person}`;
    if (!this.#numbers.has(whose)) {
      const [row] = await selectPerson(this.#database.reads, { id: person });
      if (row === undefined || row.forgotten_at !== null) return undefined;
      void this.#number(whose, async () => row.key).catch(() => undefined);
    }
    const number = await this.#number(whose, async () => null);
    const key = await this.#opened.find(number);
    if (key === undefined) this.#numbers.delete(whose);
    return key && { number, key, person, month: null };
  }

  /** As the database has it now: whoever writes elsewhere asks after writing. */
  async isForgotten(person: number): Promise<boolean> {
    const [row] = await selectPerson(this.#database.reads, { id: person });
    return row === undefined || row.forgotten_at !== null;
  }

  /** For what is about nobody, by the month in which it came. */
  async forMonth(time: number): Promise<SealKey> {
    const month = monthOf(time);
    const number = await this.#number(
      `m${month}`,
      async () => (await selectMonth(this.#database.reads, { month }))[0]?.key,
    );
    const key = await this.#opened.find(number);
    if (key === undefined) throw new KeyLostError();
    return { number, key, person: null, month };
  }

  /** Undefined: the person was forgotten. `time`: when what is about nobody came. */
  async forRow(person: number | null, time: number): Promise<SealKey | undefined> {
    return person === null ? this.forMonth(time) : this.forPerson(person);
  }

  /** What was remembered does not hold any more: it is looked up anew. */
  doubt(): void {
    this.#numbers.clear();
    this.#profiles.clear();
  }

  sealBytes(key: DataKey, place: SealPlace, plain: Uint8Array | string): Buffer {
    return sealBytes(key, place, plain);
  }

  sealText(key: DataKey, place: SealPlace, plain: string): string {
    return mark + sealAsText(key, place, plain);
  }

  /** An applicant comes a dozen times and seldom changes. */
  sealedProfile(key: DataKey, plain: string): string {
    const last = this.#profiles.get(key.number);
    if (last?.plain === plain) return last.sealed;
    const sealed = this.sealText(key, profilePlace(key.number), plain);
    if (this.#profiles.size >= mostProfiles) this.#profiles.clear();
    this.#profiles.set(key.number, { plain, sealed });
    return sealed;
  }

  /** As it is when it is not sealed; undefined: its key is gone, or somebody has been at it. */
  async openText(text: string, place: SealPlace): Promise<string | undefined> {
    if (!text.startsWith(mark)) return text;
    return (await this.openBytes(Buffer.from(text.slice(1), 'base64'), place))?.toString('utf8');
  }

  /** The same for what people and adapters write as they like: it may begin with the mark and be nothing sealed. */
  async openWords(words: string, place: SealPlace): Promise<string | undefined> {
    return isSealedText(words) ? this.openText(words, place) : words;
  }

  async openBytes(sealed: Uint8Array, place: SealPlace): Promise<Buffer | undefined> {
    const number = keyNumberOf(sealed);
    if (number === undefined || this.#ring === undefined) return undefined;
    const key = this.#ring.known(number) ?? (await this.#ring.find(number));
    return key && openBytes(key, place, sealed);
  }

  /** One look at the store for the keys of all of these. */
  async want(texts: readonly (string | null)[]): Promise<void> {
    const numbers = texts.flatMap((text) =>
      text?.startsWith(mark) === true ? (keyNumberOf(Buffer.from(text.slice(1, 41), 'base64')) ?? []) : [],
    );
    if (numbers.length > 0) await this.#ring?.findAll(numbers);
  }

  /** What this process has just sealed, for whoever opens it a moment later. */
  get recent(): RecentTexts {
    return this.#recent;
  }

  /** A key of a lane, or a value of `once`, as it is kept: one that names an entity as it is, any other hashed. */
  keyOf(key: string): string {
    if (!this.#on || this.#ring === undefined || staysAsItIs(key)) return key;
    this.#keys ??= new KeyedHash(this.#ring.secret('keys'));
    return hashedKey(this.#keys, key);
  }

  get #opened(): KeyRing {
    if (this.#ring === undefined) throw new Error('nothing is sealed without a key file');
    return this.#ring;
  }

  async #number(whose: string, find: () => Promise<number | null | undefined>): Promise<number> {
    let known = this.#numbers.get(whose);
    if (known === undefined) {
      known = find().then(async (number) => number ?? (await this.#opened.take()).number);
      if (this.#numbers.size >= most) this.#numbers.clear();
      this.#numbers.set(whose, known);
      known.catch(() => this.#numbers.delete(whose));
    }
    return known;
  }
}

export function isSealedText(text: string): boolean {
  return text.startsWith(mark) && keyNumberOf(Buffer.from(text.slice(1), 'base64')) !== undefined;
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

/** It names an entity, and nobody by any word. */
export function staysAsItIs(key: string): boolean {
  return isEntityKey(key) || /^\d{1,19}$/.test(key);
}

export function hashedKey(secret: KeyedHash, key: string): string {
  return mark + secret.digest(key).toString('hex', 0, 16);
}

/** What is known of a person, sealed with the person's key: its number is what tells the row from all others. */
export function sealedPerson(person: SeenPerson, key: SealKey, seals: Seals): SeenPerson {
  const profile = person.profile && seals.sealedProfile(key, person.profile);
  return { ...person, profile, key: key.number };
}

/** Null: nothing is known, or its key is gone. */
export async function openProfile(
  seals: Seals,
  { profile, key }: { readonly profile: string | null; readonly key: number | null },
): Promise<string | null> {
  return profile === null ? null : ((await seals.openText(profile, profilePlace(key ?? 0))) ?? null);
}

function profilePlace(key: number): SealPlace {
  return { table: 'people', column: 'profile', row: key };
}
