import { createHmac, hkdfSync, type KeyObject, randomBytes, randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Text } from '../text.ts';
import { readKeyFile } from './key-file.ts';
import type { KeyStore, WrappedSecret } from './key-store.ts';
import { halfStore, newerKey, otherKeys, rotatedElsewhere } from './why-no-keys.ts';
import { type DataKey, openBytes, sealBytes, secretKey } from './sealed-bytes.ts';

/** The keys at hand do not open what lies in the database, or there are none. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** Keys of a block: one flush of the store makes so many people possible. */
const blockSize = 256;
/** The next block is made when so few are left. */
const few = 64;
/** Keys that are remembered open; some 150 bytes each. */
const most = 20_000;

/**
 * The keys of persons, opened: wrapped they lie in a store of their own, and what wraps them in a file. A block of them
 * is on the disk before the first one is used. Its number is drawn from 2^44: so no number is given out twice, whatever
 * was restored in between, and nobody has to agree on the next.
 */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #path: string;
  readonly #open = new Map<number, KeyObject>();
  #files: ReadonlyMap<number, DataKey> = new Map();
  /** What wraps the secret of the store wraps new keys too: a newer one in the file is not everywhere yet. */
  #current: number | undefined;
  #changed = -1;
  #root: Buffer | undefined;
  #fresh: DataKey[] = [];
  #making: Promise<void> | undefined;

  /** @param path of the key file. */
  constructor(store: KeyStore, path: string) {
    this.#store = store;
    this.#path = path;
  }

  /** Whether there is a store; nothing is made. */
  isMade(): Promise<boolean> {
    return this.#store.isThere();
  }

  /**
   * Whether the file opens the store, where there is one; nothing is made.
   * @throws KeyFileError and KeyRingError
   */
  async look(): Promise<void> {
    this.#readFile();
    if (!(await this.isMade())) return;
    const [root] = await this.#store.secrets();
    if (root !== undefined) this.#openRoot(root);
  }

  /**
   * Reads the file and opens the store, which is made when it is not there.
   * @throws KeyFileError and KeyRingError
   */
  async open(): Promise<void> {
    this.#readFile();
    await this.#store.prepare();
    let [root] = await this.#store.secrets();
    if (root === undefined) {
      // A new one would shut out what the keys that are there have sealed.
      if ((await this.#store.count()) > 0) throw new KeyRingError(halfStore);
      this.#current = Math.max(...this.#files.keys());
      const number = this.#current;
      await this.#store.addSecret({ name: rootName, kek: number, wrapped: this.#wrap(rootName, randomBytes(32)) });
      [root] = await this.#store.secrets();
    }
    this.#root = this.#openRoot(root);
  }

  #openRoot(root: WrappedSecret | undefined): Buffer {
    if (root === undefined) throw new Error('the key store returned no secret');
    const opened = this.#unwrap(rootName, root.kek, root.wrapped);
    this.#current = root.kek;
    return opened;
  }

  /** A key of 32 bytes for a purpose of its own; the same for as long as the store is. */
  secret(purpose: string): Buffer {
    if (this.#root === undefined) throw new Error('the key ring is not open');
    return Buffer.from(hkdfSync('sha256', this.#root, Buffer.alloc(0), `huntflow-connector ${purpose}`, 32));
  }

  /** What a database remembers, to know its keys again; it gives nothing away. */
  get checkValue(): string {
    return createHmac('sha256', this.secret('check')).update('check').digest('hex');
  }

  /** One that nobody has, on the disk already. */
  async take(): Promise<DataKey> {
    while (this.#fresh.length === 0) await this.#make();
    const key = this.#fresh.pop();
    if (this.#fresh.length < few) this.#make().catch(() => undefined); // whoever needs the next one is told
    if (key === undefined) return this.take();
    this.#remember(key.number, key.key);
    return key;
  }

  /** At once when it was used lately. */
  known(number: number): KeyObject | undefined {
    return this.#open.get(number);
  }

  /** Undefined: it was destroyed. */
  async find(number: number): Promise<KeyObject | undefined> {
    return this.#open.get(number) ?? (await this.findAll([number])).get(number);
  }

  async findAll(numbers: readonly number[]): Promise<ReadonlyMap<number, KeyObject>> {
    const found = new Map<number, KeyObject>();
    const missing: number[] = [];
    for (const number of new Set(numbers)) {
      const open = this.#open.get(number);
      if (open === undefined) missing.push(number);
      else found.set(number, open);
    }
    if (missing.length === 0) return found;
    for (const { number, kek, wrapped } of await this.#store.find(missing)) {
      const key = secretKey(this.#unwrap(number, kek, wrapped));
      this.#remember(number, key);
      found.set(number, key);
    }
    return found;
  }

  /** For ever: what it sealed is gone with it. */
  async destroy(numbers: readonly number[]): Promise<void> {
    await this.#store.destroy(numbers);
    for (const number of numbers) this.#open.delete(number);
  }

  /** The highest number of an act that was noted here. */
  acts(): Promise<number> {
    return this.#store.acts();
  }

  noteAct(number: number): Promise<void> {
    return this.#store.noteAct(number);
  }

  /** Forgets what it has open, for a key may have been destroyed by somebody else. */
  doubt(number: number): void {
    this.#open.delete(number);
  }

  /** Wraps with the newest key of the file whatever an older one wraps; goes on where it was cut. */
  async rewrap(done: (keys: number) => void = () => undefined): Promise<number> {
    this.#readFile();
    const kek = Math.max(...this.#files.keys());
    let count = 0;
    for (const secret of await this.#store.secrets()) {
      const opened = this.#unwrap(secret.name, secret.kek, secret.wrapped);
      if (secret.kek >= kek) continue;
      const wrapped = this.#wrap(secret.name, opened, kek);
      // Two machines that each made a key of this number: only one of them wraps.
      if (!(await this.#store.rewrapSecret({ name: secret.name, kek, wrapped, before: secret.kek })))
        throw new KeyRingError(rotatedElsewhere);
    }
    this.#current = kek;
    for (;;) {
      const older = await this.#store.olderThan(kek, 500);
      if (older.length === 0) return count;
      await this.#store.rewrap(
        older.map(({ number, kek: by, wrapped }) => {
          const key = this.#unwrap(number, by, wrapped);
          return { number, kek, wrapped: this.#wrap(number, key) };
        }),
      );
      count += older.length;
      done(count);
    }
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #make(): Promise<void> {
    this.#making ??= this.#makeBlock().finally(() => (this.#making = undefined));
    return this.#making;
  }

  async #makeBlock(): Promise<void> {
    this.#readFile();
    this.#openRoot((await this.#store.secrets())[0]);
    const { number: kek } = this.#kek();
    const first = randomInt(1, 2 ** 44) * blockSize;
    const bytes = randomBytes(32 * blockSize);
    const keys = Array.from({ length: blockSize }, (_, at) => ({
      number: first + at,
      key: bytes.subarray(at * 32, at * 32 + 32),
    }));
    await this.#store.add(keys.map(({ number, key }) => ({ number, kek, wrapped: this.#wrap(number, key) })));
    this.#fresh.push(...keys.map(({ number, key }) => ({ number, key: secretKey(key) })).toReversed());
  }

  #kek(number = this.#current): DataKey {
    const key = number === undefined ? undefined : this.#files.get(number);
    if (key === undefined) throw new Error('the key ring is not open');
    return key;
  }

  /** Again when it has changed: keys are rotated beside the service. */
  #readFile(): void {
    const changed = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (this.#files.size > 0 && (changed === 0 || changed === this.#changed)) return;
    const keys = readKeyFile(this.#path).map(({ number, key }) => ({ number, key: secretKey(key) }));
    this.#files = new Map(keys.map((key) => [key.number, key]));
    this.#changed = changed;
  }

  #wrap(name: number | string, key: Buffer, kek?: number): Buffer {
    return sealBytes(this.#kek(kek), { table: 'person_keys', column: 'wrapped', row: name }, key);
  }

  #unwrap(name: number | string, kek: number, wrapped: Uint8Array): Buffer {
    const place = { table: 'person_keys', column: 'wrapped', row: name };
    const opened = () => {
      const file = this.#files.get(kek);
      return file && openBytes(file.key, place, wrapped);
    };
    let key = opened();
    if (key === undefined) {
      this.#readFile();
      key = opened();
    }
    if (key === undefined) throw new KeyRingError(kek > Math.max(...this.#files.keys()) ? newerKey(kek) : otherKeys);
    return key;
  }

  #remember(number: number, key: KeyObject): void {
    if (this.#open.size >= most)
      for (const oldest of [...this.#open.keys()].slice(0, most / 10)) this.#open.delete(oldest);
    this.#open.set(number, key);
  }
}

const rootName = 'root';
