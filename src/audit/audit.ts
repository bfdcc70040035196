import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { AuditTable } from '../database/tables/audit.ts';
import { statement } from '../database/statement.ts';
import type { Actor, AuditEntry, AuditPlace, Deed } from './entry.ts';
import { type ChainProblem, ChainCheck } from './verify.ts';
import { addEntry } from './write-entry.ts';

export interface AuditFilter {
  readonly who?: string;
  readonly action?: string;
  /** Of one thing, as kind/id. */
  readonly on?: string;
  /** At or after, and before; milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Those before this one only: where the page before ended. */
  readonly before?: number;
  readonly limit?: number;
}

export interface Verified {
  readonly entries: number;
  /** The newest link; undefined: there is none. */
  readonly head: Pick<AuditEntry, 'seq' | 'hash'> | undefined;
  /** Undefined: every link fits. */
  readonly problem: ChainProblem | undefined;
}

const selectAfter = statement<{ seq: number; most: number }, Selectable<AuditTable>>(
  'select * from audit where seq > :seq order by seq limit cast(:most as bigint)',
);

const selectHead = statement<object, { seq: number; hash: string }>(
  'select seq, hash from audit order by seq desc limit 1',
);

const page = 1000;

export interface AuditKeys {
  /** The key that new links are made with; made when there is none. */
  readonly current: () => string;
  /** All that are known here. */
  readonly known: () => readonly string[];
}

/** Who did what, when, on what and from where: append-only, each entry a link of a keyed chain. */
export class Audit {
  readonly #database: Database;
  readonly #keys: AuditKeys;
  readonly #now: () => number;
  #current: string | undefined;

  constructor(database: Database, keys: AuditKeys, now: () => number) {
    this.#database = database;
    this.#keys = keys;
    this.#now = now;
  }

  /** Goes with whatever changes something, into its transaction. */
  actor(who: string, from: AuditPlace): Actor {
    return { who, from, key: (this.#current ??= this.#keys.current()) };
  }

  /** Kept when it resolves; for what is to be answered only afterwards, and for changes outside the database. */
  add(actor: Actor, { action, on }: Omit<Deed, 'now'>): Promise<void> {
    return this.#database.call(addEntry, { actor, deed: { action, on, now: this.#now() } });
  }

  /** Newest first. */
  async list({ who, action, on, since, until, before, limit }: AuditFilter): Promise<AuditEntry[]> {
    let query = this.#database.queries.selectFrom('audit').selectAll().orderBy('seq', 'desc');
    if (who !== undefined) query = query.where('who', '=', who);
    if (action !== undefined) query = query.where('action', '=', action);
    if (on !== undefined) query = query.where('ids', 'like', `%${escaped(JSON.stringify(on))}%`);
    if (since !== undefined) query = query.where('at', '>=', since);
    if (until !== undefined) query = query.where('at', '<', until);
    if (before !== undefined) query = query.where('seq', '<', before);
    if (limit !== undefined) query = query.limit(limit);
    return (await query.execute()).map(entryOf);
  }

  /** Those after one, in the order written. */
  async after(seq: number, most: number): Promise<AuditEntry[]> {
    return (await selectAfter(this.#database.reads, { seq, most })).map(entryOf);
  }

  async head(): Promise<Pick<AuditEntry, 'seq' | 'hash'> | undefined> {
    const [head] = await selectHead(this.#database.reads, {});
    return head;
  }

  /**
   * Every link from the first. A chain that was cut off at its end still fits: that is found only by a head that was
   * written down elsewhere, so `heads` are looked for.
   */
  async verify(heads: readonly Pick<AuditEntry, 'seq' | 'hash'>[] = []): Promise<Verified> {
    const check = new ChainCheck(this.#keys.known(), heads);
    // From before the first: a forged one with such a number would stand in lists.
    for (let last = Number.MIN_SAFE_INTEGER; ;) {
      const entries = await this.after(last, page);
      for (const entry of entries) {
        const problem = check.next(entry);
        if (problem !== undefined) return { entries: check.entries, head: check.head, problem };
      }
      if (entries.length < page) return { entries: check.entries, head: check.head, problem: check.end() };
      last = entries.at(-1)?.seq ?? last;
    }
  }
}

/** `%` and `_` of an id mean themselves; neither database escapes with anything by itself in the same way. */
function escaped(text: string): string {
  return text.replaceAll(/[%_\\]/g, '_');
}

function entryOf(row: Selectable<AuditTable>): AuditEntry {
  const on: readonly string[] = JSON.parse(row.ids);
  return {
    seq: row.seq,
    at: row.at,
    who: row.who,
    from: row.place,
    action: row.action,
    on,
    hash: row.hash,
    key: row.key_id,
  };
}
