import type { Text } from '../text.ts';
import { fingerprint, linkHash } from './chain.ts';
import type { AuditEntry } from './entry.ts';

export interface ChainProblem {
  /** The first link that does not fit. */
  readonly seq: number;
  readonly text: Text;
}

type Head = Pick<AuditEntry, 'seq' | 'hash'>;

/** Goes along the chain, link by link, from the first. */
export class ChainCheck {
  readonly #keys: ReadonlyMap<string, string>;
  readonly #heads: Map<number, string>;
  head: Head | undefined;
  /** The last entry that tells of a copy put back. */
  #restored: number | undefined;

  constructor(keys: readonly string[], heads: readonly Head[]) {
    this.#keys = new Map(keys.map((key) => [fingerprint(key), key]));
    this.#heads = new Map(heads.map(({ seq, hash }) => [seq, hash]));
  }

  get entries(): number {
    return this.head?.seq ?? 0;
  }

  next(entry: AuditEntry): ChainProblem | undefined {
    const expected = this.entries + 1;
    if (entry.seq < expected) return putIn(entry.seq);
    if (entry.seq !== expected) return missing(expected);
    const key = this.#keys.get(entry.key);
    if (key === undefined) return unknownKey(entry);
    if (linkHash(key, this.head?.hash ?? '', entry) !== entry.hash) return changed(entry.seq);
    if (entry.action === 'restore') this.#restored = entry.seq;
    const noted = this.#heads.get(entry.seq);
    // Acts of earlier versions have its first sixteen letters.
    if (noted !== undefined && !entry.hash.startsWith(noted))
      return this.#restored === undefined ? otherChain(entry.seq) : chainBefore(entry.seq, this.#restored);
    this.#heads.delete(entry.seq);
    this.head = { seq: entry.seq, hash: entry.hash };
    return undefined;
  }

  /** After the last link. */
  end(): ChainProblem | undefined {
    const [left] = [...this.#heads.keys()].toSorted((a, b) => a - b);
    return left === undefined ? undefined : cutOff(left, this.entries);
  }
}

const missing = (seq: number): ChainProblem => ({
  seq,
  text: {
    ru: `записи ${seq} нет: её удалили мимо программы`,
    en: `entry ${seq} is missing: somebody deleted it past the program`,
  },
});

const putIn = (seq: number): ChainProblem => ({
  seq,
  text: {
    ru: `запись ${seq} не из этого журнала: её вписали мимо программы`,
    en: `entry ${seq} is none of this journal: somebody put it in past the program`,
  },
});

const changed = (seq: number): ChainProblem => ({
  seq,
  text: {
    ru: `запись ${seq} не сходится со своим хешем: её или запись перед ней изменили мимо программы`,
    en: `entry ${seq} does not fit its hash: it, or the one before it, was changed past the program`,
  },
});

const otherChain = (seq: number): ChainProblem => ({
  seq,
  text: {
    ru: `хеш записи ${seq} не тот, что был отмечен: журнал написали заново`,
    en: `the hash of entry ${seq} is not the one that was noted: the journal was written anew`,
  },
});

/** A copy has its own end: what was noted after it was made stands in the database before. */
const chainBefore = (seq: number, restored: number): ChainProblem => ({
  seq,
  text: {
    ru: `хеш записи ${seq} не тот, что был отмечен: базу восстановили из копии (запись ${restored}), и отмеченная запись осталась в прежней базе (SQLite: файл ….before-restore-…, пока он есть) и в SIEM: сверьте её там. Если отметили её уже после восстановления, журнал написали заново`,
    en:
      `the hash of entry ${seq} is not the one that was noted: the database was restored from a copy (entry ${restored}), ` +
      'and what was noted stands in the one before (SQLite: the file ….before-restore-…, while it is there) and in the ' +
      'SIEM: compare it there. If it was noted after that, the journal was written anew',
  },
});

const cutOff = (seq: number, last: number): ChainProblem => ({
  seq,
  text: {
    ru: `отмеченной записи ${seq} нет, последняя — ${last}: конец журнала обрезан, или база восстановлена из копии`,
    en: `entry ${seq} was noted and is not there, the last one is ${last}: the end was cut off, or a backup restored`,
  },
});

const unknownKey = ({ seq, key }: AuditEntry): ChainProblem => ({
  seq,
  text: {
    ru: `запись ${seq} сделана с ключом ${key}, которого здесь нет: проверьте там, где он есть`,
    en: `entry ${seq} was made with the key ${key}, which is not here: verify where it is`,
  },
});
