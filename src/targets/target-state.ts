import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { TargetsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';

/** What every process must know about a target before it attempts anything. */
export interface TargetState {
  /** Since when a person holds it; nothing is attempted, nothing is lost. */
  readonly pausedAt: number | null;
  /** Failures to reach it in a row. */
  readonly failures: number;
  /** The breaker rests until then; null while it is closed. */
  readonly restingUntil: number | null;
  /** Milliseconds of the present rest; the next one lasts twice as long. */
  readonly rest: number;
}

export const untroubled: TargetState = { pausedAt: null, failures: 0, restingUntil: null, rest: 0 };

const selectTarget = statement<{ name: string }, Selectable<TargetsTable>>((queries, value) =>
  queries.selectFrom('targets').selectAll().where('name', '=', value('name')),
);

/** Pause and breaker of the targets, in the database, so that every process sees the same. */
export class TargetStates {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(target: string): Promise<TargetState> {
    const [row] = await selectTarget(this.#database.queries, { name: target });
    return row === undefined ? untroubled : stateOf(row);
  }

  async all(): Promise<ReadonlyMap<string, TargetState>> {
    const rows = await this.#database.queries.selectFrom('targets').selectAll().execute();
    return new Map(rows.map((row) => [row.name, stateOf(row)]));
  }

  async saveBreaker(target: string, breaker: Omit<TargetState, 'pausedAt'>): Promise<void> {
    const set = { failures: breaker.failures, resting_until: breaker.restingUntil, rest: breaker.rest };
    await this.#database.queries
      .insertInto('targets')
      .values({ name: target, paused_at: null, ...set })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(set))
      .execute();
  }

  /**
   * After a rest, one delivery over all processes tries whether the target is back: true for the process that may send
   * it.
   * The rest goes on for the others until the probe has decided, or its process has died.
   */
  async takeProbe(target: string, seen: number, until: number): Promise<boolean> {
    const result = await this.#database.queries
      .updateTable('targets')
      .set({ resting_until: until })
      .where('name', '=', target)
      .where('resting_until', '=', seen)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async pause(target: string, now: number): Promise<void> {
    await this.#setPaused(target, now);
  }

  async resume(target: string): Promise<void> {
    await this.#setPaused(target, null);
  }

  async #setPaused(target: string, at: number | null): Promise<void> {
    await this.#database.queries
      .insertInto('targets')
      .values({ name: target, paused_at: at, failures: 0, resting_until: null, rest: 0 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ paused_at: at }))
      .execute();
  }
}

function stateOf(row: Selectable<TargetsTable>): TargetState {
  return { pausedAt: row.paused_at, failures: row.failures, restingUntil: row.resting_until, rest: row.rest };
}
