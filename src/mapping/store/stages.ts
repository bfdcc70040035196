import { indexed } from '../../database/indexed.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/connection.ts';
import { statement } from '../../database/statement.ts';

/** A stage as an event named it. */
export interface StageSeen {
  readonly source: string;
  readonly id: string;
  readonly name: string;
  /** The event carried hired_in_fill_quota, as only the stage of type `hired` does (facts/huntflow.md 4.2). */
  readonly hire: boolean;
}

export interface StageCount {
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly events: number;
  readonly hires: number;
  readonly lastAt: number;
}

/** The stages that events have named: nobody has to guess an id, and a misspelt one shows. */
export class Stages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<StageCount[]> {
    const rows = await this.#database.queries
      .selectFrom('stages')
      .selectAll()
      .orderBy('source')
      .orderBy('events', 'desc')
      .execute();
    return rows.map((row) => ({
      source: row.source,
      id: row.stage,
      name: row.name,
      events: row.events,
      hires: row.hires,
      lastAt: row.last_at,
    }));
  }
}

const countStage = statement<{
  source: string;
  stage: string;
  name: string;
  events: number;
  hires: number;
  now: number;
}>(`
  insert into stages (source, stage, name, events, hires, last_at)
  values (:source, :stage, :name, :events, :hires, :now)
  on conflict (source, stage) do update set
    name = excluded.name, events = stages.events + excluded.events, hires = stages.hires + excluded.hires,
    last_at = excluded.last_at`);

/** Part of the mapper's transaction. */
export async function countStages(transaction: Transaction, seen: readonly StageSeen[], now: number): Promise<void> {
  const counts = new Map<string, { readonly stage: StageSeen; readonly events: number; readonly hires: number }>();
  for (const stage of seen) {
    const key = JSON.stringify([stage.source, stage.id]);
    const before = counts.get(key);
    counts.set(key, { stage, events: (before?.events ?? 0) + 1, hires: (before?.hires ?? 0) + (stage.hire ? 1 : 0) });
  }
  for (const [
    ,
    {
      stage: { source, id, name },
      events,
      hires,
    },
  ] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await countStage(transaction, { source, stage: indexed(id), name, events, hires, now });
  }
}
