import type { EntityName, References } from '../adapter.ts';
import type { Database } from '../database/database.ts';
import { indexed } from '../database/indexed.ts';
import { isRefusal } from '../database/outage.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

interface ReferenceKey {
  readonly target: string;
  readonly scope: string;
  readonly kind: string;
  readonly entity: string;
  readonly role: string;
  readonly set: string;
}

interface KeptName {
  readonly name: string;
  /** JSON; null: what was kept before stays. */
  readonly note: string | null;
}

const selectName = statement<ReferenceKey, KeptName>(`
  select name, note from "references"
  where target = :target and scope = :scope and kind = :kind and entity = :entity and role = :role
    and entity_set = :set`);

const writeName = statement<ReferenceKey & KeptName>(`
  insert into "references" (target, scope, kind, entity, role, entity_set, name, note)
  values (:target, :scope, :kind, :entity, :role, :set, :name, :note)
  on conflict (target, scope, kind, entity, role, entity_set) do update
    set name = excluded.name, note = coalesce(excluded.note, "references".note)`);

const selectSurvivor = statement<{ scope: string; kind: string; entity: string }, { survivor: string }>(
  'select survivor from aliases where scope = :scope and kind = :kind and entity = :entity',
);

const selectMerged = statement<{ scope: string; kind: string; survivor: string }, { entity: string }>(
  'select entity from aliases where scope = :scope and kind = :kind and survivor = :survivor',
);

export const keepReference = new Procedure(
  'keepReference',
  async (transaction, values: ReferenceKey & KeptName): Promise<void> => {
    await writeName(transaction, values);
  },
);

/**
 * What Huntflow's entities are called at one target, for one organisation; the adapter's side of the `references`
 * table.
 */
export class KeptReferences implements References {
  readonly #database: Database;
  readonly #target: string;
  readonly #scope: string;

  constructor(database: Database, target: string, scope: string) {
    this.#database = database;
    this.#target = target;
    this.#scope = scope;
  }

  async find(entity: EntityName): Promise<string | undefined> {
    return (await this.#row(entity))?.name;
  }

  async noteOf(entity: EntityName): Promise<unknown> {
    const note = (await this.#row(entity))?.note ?? null;
    return note === null ? undefined : parsed(note);
  }

  async keep(entity: EntityName, name: string, note?: unknown): Promise<void> {
    const kept = note === undefined ? null : JSON.stringify(note);
    await this.#database.call(keepReference, { ...this.#key(entity), name, note: kept }).catch((error: unknown) => {
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
    const [row] = await selectName(this.#database.reads, this.#key(entity));
    return row;
  }

  #key({ kind, id, role = '', set }: EntityName): ReferenceKey {
    return {
      target: this.#target,
      scope: indexed(this.#scope),
      kind: indexed(kind),
      entity: indexed(String(id)),
      role: indexed(role),
      set: indexed(set),
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
