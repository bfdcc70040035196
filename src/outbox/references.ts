import type { EntityName, References } from '../adapter.ts';
import type { Transaction } from '../database/connection.ts';
import type { Database } from '../database/database.ts';
import { isRefusal } from '../database/outage.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { Seals } from '../people/seals.ts';
import { type AttemptNotes, type KeptReference, type ReferenceKey, referenceKey } from './attempt-notes.ts';
import { openNames, sealReference } from './seal-words.ts';

type KeptName = Pick<KeptReference, 'name' | 'note'>;

/** What these are called is nobody's. */
const ofNobody = new Set(['vacancy', 'request', 'vacancy_request']);

const selectName = statement<ReferenceKey, KeptName>(`
  select name, note from "references"
  where target = :target and scope = :scope and kind = :kind and entity = :entity and role = :role
    and entity_set = :set`);

const writeName = statement<KeptReference>(`
  insert into "references" (target, scope, kind, entity, role, entity_set, name, note, person)
  values (:target, :scope, :kind, :entity, :role, :set, :name, :note, :person)
  on conflict (target, scope, kind, entity, role, entity_set) do update
    set name = excluded.name, note = coalesce(excluded.note, "references".note),
      person = coalesce(excluded.person, "references".person)`);

const selectSurvivor = statement<{ scope: string; kind: string; entity: string }, { survivor: string }>(
  'select survivor from aliases where scope = :scope and kind = :kind and entity = :entity',
);

const selectMerged = statement<{ scope: string; kind: string; survivor: string }, { entity: string }>(
  'select entity from aliases where scope = :scope and kind = :kind and survivor = :survivor',
);

// Whoever was forgotten while an attempt lost its lease is called nothing any more.
const selectKnown = statement<{ person: number }, { id: number }>(
  'select id from people where id = :person and forgotten_at is null',
);

/** In one order for everybody: two who keep the same ones would wait for each other. */
export async function writeReferences(transaction: Transaction, references: readonly KeptReference[]): Promise<void> {
  const ordered = references.map((reference) => ({ reference, key: Object.values(reference).join('\u001f') }));
  for (const { reference } of ordered.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const { person } = reference;
    if (person === null || (await selectKnown(transaction, { person })).length > 0)
      await writeName(transaction, reference);
  }
}

export const keepReference = new Procedure('keepReference', (transaction, reference: KeptReference): Promise<void> =>
  writeReferences(transaction, [reference]),
);

export interface AskedFor {
  /** Of the attempt that asks; without them everything is kept at once. */
  readonly notes?: AttemptNotes;
  /** Whom it is about. */
  readonly person?: number | null;
  readonly seals?: Seals;
}

/**
 * What Huntflow's entities are called at one target, for one organisation; the adapter's side of the `references`
 * table.
 */
export class KeptReferences implements References {
  readonly #database: Database;
  readonly #target: string;
  readonly #scope: string;
  readonly #notes: AttemptNotes | undefined;
  readonly #person: number | null;
  readonly #seals: Seals;

  constructor(database: Database, target: string, scope: string, { notes, person = null, seals }: AskedFor = {}) {
    this.#database = database;
    this.#seals = seals ?? new Seals(database);
    this.#target = target;
    this.#scope = scope;
    this.#notes = notes;
    this.#person = person;
  }

  async find(entity: EntityName): Promise<string | undefined> {
    return (await this.#row(entity))?.name;
  }

  async noteOf(entity: EntityName): Promise<unknown> {
    const note = (await this.#row(entity))?.note ?? null;
    return note === null ? undefined : parsed(note);
  }

  async keep(entity: EntityName, name: string, note?: unknown, when: 'now' | 'soon' = 'now'): Promise<void> {
    const kept = note === undefined ? null : JSON.stringify(note);
    const person = ofNobody.has(entity.kind) ? null : this.#person;
    const reference = { ...this.#key(entity), name, note: kept, person };
    if (when === 'soon' && this.#notes !== undefined) {
      this.#notes.add(reference);
      return;
    }
    const sealed = await sealReference(this.#seals, reference, Date.now());
    await this.#database.call(keepReference, sealed).catch((error: unknown) => {
      // The object is there: an attempt that failed for this would be made again, and fail again.
      if (!isRefusal(error)) throw error;
    });
  }

  async survivorOf(kind: string, id: string | number): Promise<string> {
    let entity = String(id);
    const seen = new Set<string>();
    while (!seen.has(entity)) {
      seen.add(entity);
      const [row] = await selectSurvivor(this.#database.reads, { scope: this.#scope, kind, entity });
      if (row === undefined) return entity;
      entity = row.survivor;
    }
    return entity; // merged in a circle: any of them stands for all
  }

  async aliasesOf(kind: string, id: string | number): Promise<readonly string[]> {
    const found = new Set<string>();
    const open = [String(id)];
    for (let entity = open.pop(); entity !== undefined; entity = open.pop()) {
      const rows = await selectMerged(this.#database.reads, { scope: this.#scope, kind, survivor: entity });
      for (const row of rows) {
        if (found.has(row.entity) || row.entity === String(id)) continue;
        found.add(row.entity);
        open.push(row.entity);
      }
    }
    return [...found];
  }

  async #row(entity: EntityName): Promise<KeptName | undefined> {
    const key = this.#key(entity);
    const noted = this.#notes?.find(key);
    if (noted !== undefined && noted.note !== null) return noted;
    const [kept] = await selectName(this.#database.reads, key);
    const row = kept && (await openNames(this.#seals, { ...key, ...kept }));
    return noted === undefined ? row : { name: noted.name, note: row?.note ?? null };
  }

  #key(entity: EntityName): ReferenceKey {
    return referenceKey(this.#target, this.#scope, entity);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
