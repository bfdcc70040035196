import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressesIn, filesIn, nameOfFile } from '../attachments/file-reference.ts';
import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Quarantine } from '../inbox/quarantine.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { KeyRing } from '../people/key-ring.ts';
import type { Person } from '../people/people.ts';
import { Erasure } from './erasure.ts';
import { forgetPerson, type Marked, refusalOf } from './forget-person.ts';
import {
  dropOldForgettings,
  finishForgetting,
  forgettingOf,
  type ForgettingRow,
  forgettingsLeft,
  lastAct,
  raiseActs,
  selectForgettings,
} from '../people/forgettings.ts';

export interface ForgettingParts {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly quarantine: Quarantine;
  readonly ring: KeyRing | undefined;
  /** Where files of Huntflow are kept. */
  readonly files: string;
  readonly now: () => number;
}

/** Roskomnadzor's order 179: act and extract are kept for three years. */
const proofKept = 3 * 366 * 24 * 3_600_000;

const selectDeliveries = statement<{ person: number }, { id: number; scope: string }>(
  'select id, scope from deliveries where person = :person',
);
const selectEvents = statement<{ person: number }, { id: number; scope: string }>(
  'select id, scope from events where person = :person',
);
const selectKeys = statement<{ person: number }, { key: number | null }>('select key from people where id = :person');

/** Forgets people: first the mark, then the key, then the rows. Whatever is cut goes on at the next start. */
export class Forgetting {
  readonly #parts: ForgettingParts;
  #logIsEmpty = true;

  constructor(parts: ForgettingParts) {
    this.#parts = parts;
  }

  /** False: another program was reading, so what the last one erased still stands in the write-ahead log. */
  get logIsEmpty(): boolean {
    return this.#logIsEmpty;
  }

  /** The mark alone: nothing is erased before `finishAll`. */
  async mark(person: Person, actor: Actor, cancel: boolean): Promise<Marked> {
    const { database, ring, now } = this.#parts;
    const files = await this.#filesOf(person);
    const acts = (await ring?.acts()) ?? 0;
    const { ids: people, scope, applicants } = person;
    try {
      return await database.call(forgetPerson, { people, scope, applicants, files, acts, actor, now: now(), cancel });
    } catch (error) {
      const why = refusalOf(error);
      if (why === undefined) throw error;
      return { done: false, why };
    }
  }

  /** Ends what was begun; returns the forgettings that it ended. */
  async finishAll(signal?: AbortSignal): Promise<number[]> {
    const ended: number[] = [];
    const erasure = new Erasure(this.#parts);
    for (const row of await forgettingsLeft(this.#parts.database.reads, {})) {
      if (signal?.aborted === true) break;
      await this.#finish(row, erasure);
      ended.push(row.id);
    }
    await this.#parts.database.call(dropOldForgettings, { before: this.#parts.now() - proofKept });
    return ended;
  }

  async find(id: number): Promise<ForgettingRow | undefined> {
    return (await forgettingOf(this.#parts.database.reads, { id }))[0];
  }

  /** The newest first. */
  list(): Promise<readonly ForgettingRow[]> {
    return selectForgettings(this.#parts.database.reads, {});
  }

  /**
   * Numbers of acts that the store of keys knows of and this database does not: it was put back from a copy that is
   * older than they are. Undefined: there are none.
   */
  async actsElsewhere(): Promise<{ readonly first: number; readonly last: number } | undefined> {
    const { database, ring } = this.#parts;
    const [given, known] = [(await ring?.acts()) ?? 0, await lastAct(database.reads)];
    return given > known ? { first: known + 1, last: given } : undefined;
  }

  /** No number of theirs is given again. */
  async leaveOut({ last }: { readonly last: number }): Promise<void> {
    await this.#parts.database.call(raiseActs, { last });
  }

  async #finish(row: ForgettingRow, erasure: Erasure): Promise<void> {
    const { database, ring, files: folder, now } = this.#parts;
    const { id, scope } = row;
    const people: readonly number[] = JSON.parse(row.people);
    const applicants: readonly string[] = JSON.parse(row.applicants);
    const files: readonly string[] = JSON.parse(row.files);
    const keys = (await Promise.all(people.map((person) => selectKeys(database.reads, { person })))).flat();
    const numbers = keys.flatMap(({ key }) => key ?? []);
    await ring?.noteAct(id);
    if (numbers.length > 0) await ring?.destroy(numbers);
    const total = await erasure.erase({ people, scope, applicants });
    let removed = 0;
    for (const file of files) {
      // An act is signed: a file that was named and never came is none that was destroyed.
      if (existsSync(join(folder, file))) removed += 1;
      for (const end of ['', '.json']) await rm(join(folder, file + end), { force: true });
    }
    this.#logIsEmpty = await database.truncateLog();
    await database.call(finishForgetting, { id, now: now(), counts: JSON.stringify({ ...total, files: removed }) });
  }

  /** Records name files, and so do the webhooks; by names that tell nothing. */
  async #filesOf({ ids }: Person): Promise<string[]> {
    const { database, inbox, outbox } = this.#parts;
    const names = new Set<string>();
    for (const person of ids) {
      for (const { id, scope } of await selectDeliveries(database.reads, { person }))
        for (const { file } of filesIn(parsed((await outbox.record(id)) ?? null))) names.add(nameOfFile(scope, file));
      for (const { id, scope } of await selectEvents(database.reads, { person })) {
        const body = (await inbox.find(id))?.body;
        for (const file of addressesIn(parsed(body ? Buffer.from(body).toString('utf8') : null)).keys())
          names.add(nameOfFile(scope, file));
      }
    }
    return [...names];
  }
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
