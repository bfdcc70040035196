import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';
import { beginSealing } from './begin-sealing.ts';
import { type KeyRing, KeyRingError } from './key-ring.ts';
import { withKeys } from './hold-key.ts';
import { Seals } from './seals.ts';

const selectCheck = statement<object, { value: string }>(`select value from privacy where name = 'check'`);

export interface SealingParts {
  readonly database: Database;
  /** Undefined: no key file is configured. */
  readonly ring: KeyRing | undefined;
  readonly now: () => number;
}

/** Whether the keys at hand are those of this database. */
export class Sealing {
  readonly seals: Seals;
  readonly #parts: SealingParts;
  #opened: Promise<void> | undefined;

  constructor(parts: SealingParts) {
    this.#parts = parts;
    this.seals = new Seals(parts.database, parts.ring);
  }

  get ring(): KeyRing | undefined {
    return this.#parts.ring;
  }

  /**
   * Before anything that was sealed is read. `begin`: a database that was never sealed is from now on: only for who
   * serves it.
   * @throws KeyFileError, KeyRingError
   */
  open(begin: 'begin' | 'read'): Promise<void> {
    this.#opened ??= this.#open(begin);
    return this.#opened;
  }

  /** A key for a purpose, made of the key file; undefined: there is none. Once it is open. */
  secret(purpose: string): Buffer | undefined {
    return this.#parts.ring?.secret(purpose);
  }

  async close(): Promise<void> {
    await this.#parts.ring?.close();
  }

  async #open(begin: 'begin' | 'read'): Promise<void> {
    const { database, ring, now } = this.#parts;
    const [check] = await selectCheck(database.reads, {});
    if (ring === undefined) {
      if (check !== undefined) throw new KeyRingError(keyMissing);
      return;
    }
    // An empty one would be made, and stand in the way of the one that is brought back.
    if (check !== undefined && !(await ring.isMade())) throw new KeyRingError(storeMissing);
    await ring.open();
    if (check !== undefined && check.value !== ring.checkValue) throw new KeyRingError(otherDatabase);
    if (check !== undefined) this.seals.begin();
    if (check !== undefined || begin === 'read') return;
    const secret = ring.secret('keys');
    await withKeys(
      () => this.seals.doubt(),
      async () => {
        const { number, key, month } = await this.seals.forMonth(now());
        const nobody = { number, key: new Uint8Array(key.export()), month: month ?? '' };
        await database.call(beginSealing, { check: ring.checkValue, secret, nobody });
      },
    );
    this.seals.begin();
  }
}

export const keyMissing: Text = {
  ru: 'данные этой базы зашифрованы, а privacy.keyFile не задан: укажите файл ключей, с которым она работала',
  en: 'the data of this database is sealed, and privacy.keyFile is not set: name the key file that it worked with',
};

const storeMissing: Text = {
  ru: 'данные этой базы зашифрованы, а хранилища ключей (privacy.store) нет: верните его из файла, который сделала команда backup --keys: restore КОПИЯ --keys ФАЙЛ',
  en: 'the data of this database is sealed, and the store of keys (privacy.store) is not there: bring it back from the file that backup --keys made: restore COPY --keys FILE',
};

const otherDatabase: Text = {
  ru: 'ключи (privacy.keyFile и privacy.store) не от этой базы: верните те, с которыми она работала, — другими её не прочесть. Если копировали файлы, верните рядом с хранилищем ключей и его -wal: новые ключи могли быть ещё в нём. Копию, которую сделала backup --keys, ставит на место restore КОПИЯ --keys ФАЙЛ',
  en:
    'the keys (privacy.keyFile and privacy.store) are not those of this database: bring back the ones that it worked ' +
    'with, no others open it. If files were copied, put the -wal of the key store beside it: new keys may still be in ' +
    'it. A file that backup --keys made is put back by restore COPY --keys FILE',
};
