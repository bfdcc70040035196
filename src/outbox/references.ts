import type { EntityName, References } from '../adapter.ts';
import type { Database } from '../database/database.ts';
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

const selectName = statement<ReferenceKey, { name: string }>(`
  select name from "references"
  where target = :target and scope = :scope and kind = :kind and entity = :entity and role = :role
    and entity_set = :set`);

const writeName = statement<ReferenceKey & { name: string }>(`
  insert into "references" (target, scope, kind, entity, role, entity_set, name)
  values (:target, :scope, :kind, :entity, :role, :set, :name)
  on conflict (target, scope, kind, entity, role, entity_set) do update set name = excluded.name`);

const selectSurvivor = statement<{ scope: string; kind: string; entity: string }, { survivor: string }>(
  'select survivor from aliases where scope = :scope and kind = :kind and entity = :entity',
);

const selectMerged = statement<{ scope: string; kind: string; survivor: string }, { entity: string }>(
  'select entity from aliases where scope = :scope and kind = :kind and survivor = :survivor',
);

export const keepReference = new Procedure(
  'keepReference',
  async (transaction, values: ReferenceKey & { readonly name: string }): Promise<void> => {
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
    const [row] = await selectName(this.#database.reads, this.#key(entity));
    return row?.name;
  }

  async keep(entity: EntityName, name: string): Promise<void> {
    await this.#database.call(keepReference, { ...this.#key(entity), name });
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

  #key({ kind, id, role = '', set }: EntityName): ReferenceKey {
    return { target: this.#target, scope: this.#scope, kind, entity: String(id), role, set };
  }
}
