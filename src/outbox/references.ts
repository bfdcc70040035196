import type { EntityName, References } from '../adapter.ts';
import type { Database } from '../database/database.ts';

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
    const row = await this.#database.queries
      .selectFrom('references')
      .select('name')
      .where('target', '=', this.#target)
      .where('scope', '=', this.#scope)
      .where('kind', '=', entity.kind)
      .where('entity', '=', String(entity.id))
      .where('role', '=', entity.role ?? '')
      .where('entity_set', '=', entity.set)
      .executeTakeFirst();
    return row?.name;
  }

  async keep(entity: EntityName, name: string): Promise<void> {
    await this.#database.queries
      .insertInto('references')
      .values({
        target: this.#target,
        scope: this.#scope,
        kind: entity.kind,
        entity: String(entity.id),
        role: entity.role ?? '',
        entity_set: entity.set,
        name,
      })
      .onConflict((conflict) =>
        conflict.columns(['target', 'scope', 'kind', 'entity', 'role', 'entity_set']).doUpdateSet({ name }),
      )
      .execute();
  }

  async survivorOf(kind: string, id: string | number): Promise<string> {
    let entity = String(id);
    const seen = new Set<string>();
    while (!seen.has(entity)) {
      seen.add(entity);
      const row = await this.#database.queries
        .selectFrom('aliases')
        .select('survivor')
        .where('scope', '=', this.#scope)
        .where('kind', '=', kind)
        .where('entity', '=', entity)
        .executeTakeFirst();
      if (row === undefined) return entity;
      entity = row.survivor;
    }
    return entity; // merged in a circle: any of them stands for all
  }

  async aliasesOf(kind: string, id: string | number): Promise<readonly string[]> {
    const found = new Set<string>();
    const open = [String(id)];
    for (let entity = open.pop(); entity !== undefined; entity = open.pop()) {
      const rows = await this.#database.queries
        .selectFrom('aliases')
        .select('entity')
        .where('scope', '=', this.#scope)
        .where('kind', '=', kind)
        .where('survivor', '=', entity)
        .execute();
      for (const row of rows) {
        if (found.has(row.entity) || row.entity === String(id)) continue;
        found.add(row.entity);
        open.push(row.entity);
      }
    }
    return [...found];
  }
}
