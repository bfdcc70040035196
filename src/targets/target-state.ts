import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import { isPostgres, type Transaction } from '../database/executor.ts';
import type { TargetsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import { holding, type NamedHold, namedHold, withHold } from './named-holds.ts';

/** How a target is. */
export type TargetState =
  | { readonly is: 'active'; readonly failures: number }
  /** It could not be reached `failures` times in a row; then one delivery probes it. */
  | Rest<'resting'>
  /** It asked to be left alone. */
  | Rest<'held'>
  /** By a person; nothing is attempted, nothing is lost. */
  | { readonly is: 'paused'; readonly since: number };

/** Times are milliseconds. */
interface Rest<Why extends string> {
  readonly is: Why;
  readonly failures: number;
  readonly until: number;
  /** Of the present rest; the next one lasts twice as long. */
  readonly length: number;
}

/** A state that attempts bring about. */
export type BreakerState = Exclude<TargetState, { readonly is: 'paused' }>;

/** What every process must know about a target before it attempts anything. */
export interface KnownTarget {
  readonly state: TargetState;
  /** Names of the adapter's own that are held. */
  readonly holds: readonly NamedHold[];
}

/** Active, and nothing has failed. */
export const untroubled: KnownTarget = { state: { is: 'active', failures: 0 }, holds: [] };

const selectTarget = statement<{ name: string }, Selectable<TargetsTable>>((queries, value) =>
  queries.selectFrom('targets').selectAll().where('name', '=', value('name')),
);

/** Pause, breaker and holds of the targets, in the database, so that every process sees the same. */
export class TargetStates {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(target: string): Promise<KnownTarget> {
    const [row] = await selectTarget(this.#database.queries, { name: target });
    return row === undefined ? untroubled : knownOf(row);
  }

  async all(): Promise<ReadonlyMap<string, KnownTarget>> {
    const rows = await this.#database.queries.selectFrom('targets').selectAll().execute();
    return new Map(rows.map((row) => [row.name, knownOf(row)]));
  }

  /** A person's pause stays. */
  async save(target: string, state: BreakerState): Promise<void> {
    await this.#put(target, {
      failures: state.failures,
      resting_until: state.is === 'active' ? null : state.until,
      rest: state.is === 'active' ? 0 : state.length,
      held: state.is === 'held' ? 1 : 0,
    });
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

  /** Deliveries to this name of the adapter's own wait for so many milliseconds. */
  async hold(target: string, name: string, now: number, length: number): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const holds = withHold(await lockHolds(transaction, target), namedHold(name, now, length), now);
      await transaction
        .insertInto('targets')
        .values({ name: target, ...fresh, holds: JSON.stringify(holds) })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ holds: JSON.stringify(holds) }))
        .execute();
    });
  }

  /** When it goes on, it begins afresh. */
  async pause(target: string, now: number): Promise<void> {
    await this.#put(target, { ...fresh, paused_at: now, holds: null });
  }

  /** Ends pause, rest and holds. */
  async resume(target: string): Promise<void> {
    await this.#put(target, { ...fresh, holds: null });
  }

  /** Ends rest and holds, for a person wants something tried now; a pause stays. */
  async endRest(target: string): Promise<void> {
    await this.#database.queries
      .updateTable('targets')
      .set({ failures: 0, resting_until: null, rest: 0, held: 0, holds: null })
      .where('name', '=', target)
      .execute();
  }

  async #put(target: string, set: Partial<typeof fresh> & { readonly holds?: null }): Promise<void> {
    await this.#database.queries
      .insertInto('targets')
      .values({ name: target, ...fresh, ...set })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(set))
      .execute();
  }
}

interface Troubles {
  readonly paused_at: number | null;
  readonly failures: number;
  readonly resting_until: number | null;
  readonly rest: number;
  readonly held: number;
}

const fresh: Troubles = { paused_at: null, failures: 0, resting_until: null, rest: 0, held: 0 };

async function lockHolds(transaction: Transaction, target: string): Promise<readonly NamedHold[]> {
  const row = transaction.selectFrom('targets').select('holds').where('name', '=', target);
  const found = await (isPostgres(transaction) ? row.forUpdate() : row).executeTakeFirst();
  return readHolds(found?.holds ?? null);
}

function knownOf(row: Selectable<TargetsTable>): KnownTarget {
  return { state: stateOf(row), holds: readHolds(row.holds) };
}

function stateOf({ paused_at, failures, resting_until, rest, held }: Selectable<TargetsTable>): TargetState {
  if (paused_at !== null) return { is: 'paused', since: paused_at };
  if (resting_until === null) return { is: 'active', failures };
  return { is: held === 1 ? 'held' : 'resting', failures, until: resting_until, length: rest };
}

/** Written by `hold` alone. */
function readHolds(column: string | null): readonly NamedHold[] {
  const holds: readonly NamedHold[] = column === null ? [] : JSON.parse(column);
  return holds;
}

/** How it is now, in a word, and since when or until when: for lists and health. */
export function seenState(
  { state, holds }: KnownTarget,
  now: number,
): { readonly state: TargetState['is']; readonly until: number | null; readonly holds: readonly NamedHold[] } {
  const resting = (state.is === 'resting' || state.is === 'held') && state.until > now;
  const word = state.is === 'paused' ? 'paused' : resting ? state.is : 'active';
  return { state: word, until: resting ? state.until : null, holds: holding(holds, now) };
}
