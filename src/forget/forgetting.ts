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
import { type Erased, eraseSlice } from '../people/erase.ts';
import type { KeyRing } from '../people/key-ring.ts';
import {
  dropOldForgettings,
  finishForgetting,
  forgettingOf,
  type ForgettingRow,
  forgettingsLeft,
  type Marked,
} from '../people/mark-forgotten.ts';
import type { Person } from '../people/people.ts';
import { emptyQuarantined } from './empty-quarantined.ts';
import { forgetPerson, refusalOf } from './forget-person.ts';

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

/** Rows of one transaction: webhooks that come meanwhile wait for no more. */
const slice = 200;
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
    const { database, now } = this.#parts;
    const files = await this.#filesOf(person);
    const { ids: people, scope, applicants } = person;
    try {
      return await database.call(forgetPerson, { people, scope, applicants, files, actor, now: now(), cancel });
    } catch (error) {
      const why = refusalOf(error);
      if (why === undefined) throw error;
      return { done: false, why };
    }
  }

  /** Ends what was begun; returns the forgettings that it ended. */
  async finishAll(signal?: AbortSignal): Promise<number[]> {
    const ended: number[] = [];
    for (const row of await forgettingsLeft(this.#parts.database.reads, {})) {
      if (signal?.aborted === true) break;
      await this.#finish(row);
      ended.push(row.id);
    }
    await this.#parts.database.call(dropOldForgettings, { before: this.#parts.now() - proofKept });
    return ended;
  }

  async find(id: number): Promise<ForgettingRow | undefined> {
    return (await forgettingOf(this.#parts.database.reads, { id }))[0];
  }

  async #finish({
    id,
    scope,
    people: peopleColumn,
    applicants: named,
    files: fileColumn,
  }: ForgettingRow): Promise<void> {
    const { database, quarantine, ring, files: folder, now } = this.#parts;
    const people: readonly number[] = JSON.parse(peopleColumn);
    const applicants: readonly string[] = JSON.parse(named);
    const files: readonly string[] = JSON.parse(fileColumn);
    const keys = (await Promise.all(people.map((person) => selectKeys(database.reads, { person })))).flat();
    const numbers = keys.flatMap(({ key }) => key ?? []);
    if (numbers.length > 0) await ring?.destroy(numbers);
    const total = await erase(database, { people, scope, applicants });
    // Nobody's events as long as their signature is not proved, but a person's data all the same.
    const doubtful = await quarantine.about(scope, applicants);
    const emptied = doubtful.length === 0 ? 0 : await database.call(emptyQuarantined, { ids: doubtful });
    let removed = 0;
    for (const file of files) {
      // An act is signed: a file that was named and never came is none that was destroyed.
      if (existsSync(join(folder, file))) removed += 1;
      for (const end of ['', '.json']) await rm(join(folder, file + end), { force: true });
    }
    this.#logIsEmpty = await database.truncateLog();
    await database.call(finishForgetting, {
      id,
      now: now(),
      counts: JSON.stringify({ ...total, events: total.events + emptied, files: removed }),
    });
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

/** Everything of somebody who was marked. */
export async function erase(
  database: Database,
  of: { readonly people: readonly number[]; readonly scope: string; readonly applicants: readonly string[] },
): Promise<Erased> {
  const total = { events: 0, deliveries: 0, attempts: 0, references: 0 };
  for (;;) {
    const erased = await database.call(eraseSlice, { ...of, most: slice });
    total.events += erased.events;
    total.deliveries += erased.deliveries;
    total.attempts += erased.attempts;
    total.references += erased.references;
    if (erased.events + erased.deliveries + erased.attempts + erased.references === 0) return total;
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
