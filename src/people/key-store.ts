import { existsSync } from 'node:fs';
import { Database } from '../database/database.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

/** A key as it lies in the store: wrapped by the key-encryption key of that number. */
export interface WrappedKey {
  readonly number: number;
  readonly kek: number;
  readonly wrapped: Uint8Array;
}

export interface WrappedSecret {
  readonly name: string;
  readonly kek: number;
  readonly wrapped: Uint8Array;
}

const makeKeys = statement<object>({
  sqlite: `
    create table if not exists person_keys (number bigint primary key, kek bigint not null, wrapped blob not null)`,
  postgres: `
    create table if not exists person_keys (number bigint primary key, kek bigint not null, wrapped bytea not null)`,
});
const makeIndex = statement<object>('create index if not exists person_keys_kek on person_keys (kek, number)');
const makeSecrets = statement<object>({
  sqlite: `create table if not exists secrets (name text primary key, kek bigint not null, wrapped blob not null)`,
  postgres: `create table if not exists secrets (name text primary key, kek bigint not null, wrapped bytea not null)`,
});
const makeCounters = statement<object>(
  'create table if not exists counters (name text primary key, value bigint not null)',
);
const lockStore = statement<object>('select pg_advisory_xact_lock(3853314791062309108)');
const insertKey = statement<WrappedKey>(
  'insert into person_keys (number, kek, wrapped) values (:number, :kek, :wrapped)',
);
const insertKeys = statement<{ numbers: readonly number[]; keks: readonly number[]; wrapped: readonly Uint8Array[] }>(`
  insert into person_keys (number, kek, wrapped)
  select * from unnest(:numbers::bigint[], :keks::bigint[], :wrapped::bytea[])`);
const selectKey = statement<{ number: number }, WrappedKey>(
  'select number, kek, wrapped from person_keys where number = :number',
);
const selectKeys = statement<{ numbers: readonly number[] }, WrappedKey>(
  'select number, kek, wrapped from person_keys where number = any (:numbers::bigint[])',
);
const selectOlder = statement<{ kek: number; most: number }, WrappedKey>(`
  select number, kek, wrapped from person_keys where kek < cast(:kek as bigint)
  order by kek, number limit cast(:most as bigint)`);
const selectBehind = statement<{ last: number; most: number }, WrappedKey>(`
  select number, kek, wrapped from person_keys where number > cast(:last as bigint)
  order by number limit cast(:most as bigint)`);
const selectStore = statement<object, { there: number }>({
  sqlite: `select 1 as there from sqlite_master where name = 'person_keys'`,
  postgres: `select 1 as there where to_regclass('person_keys') is not null`,
});
const updateKey = statement<WrappedKey>('update person_keys set kek = :kek, wrapped = :wrapped where number = :number');
const deleteKey = statement<{ number: number }>('delete from person_keys where number = :number');
const selectSecrets = statement<object, WrappedSecret>('select name, kek, wrapped from secrets');
const insertSecret = statement<WrappedSecret>(
  'insert into secrets (name, kek, wrapped) values (:name, :kek, :wrapped) on conflict do nothing',
);
const updateSecret = statement<WrappedSecret & { before: number }, { name: string }>(`
  update secrets set kek = :kek, wrapped = :wrapped where name = :name and kek = :before returning name`);
const selectActs = statement<object, { value: number }>(`select value from counters where name = 'acts'`);
const insertActs = statement<object>(`insert into counters (name, value) values ('acts', 0) on conflict do nothing`);
const raiseActs = statement<{ number: number }>(
  `update counters set value = :number where name = 'acts' and value < cast(:number as bigint)`,
);
const countKeys = statement<object, { count: number }>('select count(*) as count from person_keys');

const prepare = new Procedure('prepareKeyStore', async (transaction): Promise<void> => {
  if (transaction.engine === 'postgres') await lockStore(transaction, {});
  await makeKeys(transaction, {});
  await makeIndex(transaction, {});
  await makeSecrets(transaction, {});
  await makeCounters(transaction, {});
});

const addKeys = new Procedure('addKeys', async (transaction, keys: readonly WrappedKey[]): Promise<void> => {
  if (transaction.engine === 'sqlite') for (const key of keys) await insertKey(transaction, key);
  else
    await insertKeys(transaction, {
      numbers: keys.map(({ number }) => number),
      keks: keys.map(({ kek }) => kek),
      wrapped: keys.map(({ wrapped }) => wrapped),
    });
});

const rewrapKeys = new Procedure('rewrapKeys', async (transaction, keys: readonly WrappedKey[]): Promise<void> => {
  for (const key of keys) await updateKey(transaction, key);
});

const deleteKeys = new Procedure('deleteKeys', async (transaction, numbers: readonly number[]): Promise<void> => {
  for (const number of numbers) await deleteKey(transaction, { number });
});

const addSecret = new Procedure('addSecret', async (transaction, secret: WrappedSecret): Promise<void> => {
  await insertSecret(transaction, secret);
});

const rewrapSecret = new Procedure(
  'rewrapSecret',
  async (transaction, secret: WrappedSecret & { readonly before: number }): Promise<boolean> =>
    (await updateSecret(transaction, secret)).length > 0,
);

const noteAct = new Procedure('noteAct', async (transaction, values: { readonly number: number }): Promise<void> => {
  await insertActs(transaction, {});
  await raiseActs(transaction, values);
});

/**
 * Where wrapped keys lie alone, apart from what they open: a backup of the data has none of them, and what was
 * forgotten comes back with no backup. An SQLite file, or a PostgreSQL database of its own.
 */
export class KeyStore {
  readonly #database: Database;

  constructor(url: string) {
    this.#database = new Database(url);
  }

  /** The path of an SQLite store. */
  get file(): string | undefined {
    return this.#database.file;
  }

  /** Makes what is missing. */
  prepare(): Promise<void> {
    return this.#database.call(prepare, undefined);
  }

  /** On the disk when it resolves; rejects when one of the numbers is there. */
  add(keys: readonly WrappedKey[]): Promise<void> {
    return this.#database.call(addKeys, keys);
  }

  async find(numbers: readonly number[]): Promise<readonly WrappedKey[]> {
    const { reads } = this.#database;
    if (reads.engine === 'postgres') return selectKeys(reads, { numbers });
    return (await Promise.all(numbers.map((number) => selectKey(reads, { number })))).flat();
  }

  /** Those that an older key-encryption key wraps. */
  olderThan(kek: number, most: number): Promise<readonly WrappedKey[]> {
    return selectOlder(this.#database.reads, { kek, most });
  }

  /** In the order of their numbers. */
  behind(last: number, most: number): Promise<readonly WrappedKey[]> {
    return selectBehind(this.#database.reads, { last, most });
  }

  /** Whether there is one; nothing is made. */
  async isThere(): Promise<boolean> {
    if (this.file !== undefined && !existsSync(this.file)) return false;
    return (await selectStore(this.#database.reads, {})).length > 0;
  }

  rewrap(keys: readonly WrappedKey[]): Promise<void> {
    return this.#database.call(rewrapKeys, keys);
  }

  /** For ever. */
  async destroy(numbers: readonly number[]): Promise<void> {
    await this.#database.call(deleteKeys, numbers);
    await this.#database.truncateLog();
  }

  secrets(): Promise<readonly WrappedSecret[]> {
    return selectSecrets(this.#database.reads, {});
  }

  /** One that is there stays. */
  addSecret(secret: WrappedSecret): Promise<void> {
    return this.#database.call(addSecret, secret);
  }

  /** False: it is not wrapped by `before` any more. */
  rewrapSecret(secret: WrappedSecret & { readonly before: number }): Promise<boolean> {
    return this.#database.call(rewrapSecret, secret);
  }

  /** The highest number of an act of erasure: the store is not put back with the data, so no number comes twice. */
  async acts(): Promise<number> {
    return (await selectActs(this.#database.reads, {}))[0]?.value ?? 0;
  }

  noteAct(number: number): Promise<void> {
    return this.#database.call(noteAct, { number });
  }

  async count(): Promise<number> {
    return (await countKeys(this.#database.reads, {}))[0]?.count ?? 0;
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
