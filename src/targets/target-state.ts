import type { Selectable } from 'kysely';
import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import { Procedure } from '../database/procedure.ts';
import type { TargetsTable } from '../database/tables/targets.ts';
import { statement } from '../database/statement.ts';
import { withKeys } from '../people/hold-key.ts';
import { isSealedText, Seals } from '../people/seals.ts';
import { holding, type NamedHold, namedHold, withHold } from './named-holds.ts';
import { openPauseReason, sealedPause, sealReason, setPaused } from './pause.ts';

/** How a target is. */
export type TargetState =
  | { readonly is: 'active'; readonly failures: number }
  /** It could not be reached `failures` times in a row; then one delivery probes it. */
  | Rest<'resting'>
  /** It asked to be left alone. */
  | Rest<'held'>
  /** By a person; nothing is attempted, nothing is lost. Who and why: null where nobody said. */
  | { readonly is: 'paused'; readonly since: number; readonly by: string | null; readonly reason: string | null };

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
  /** Since when it has failed to be reached, without a success since; null: it has not, or nobody remembers. */
  readonly failingSince: number | null;
  /** Names of the adapter's own that are held. */
  readonly holds: readonly NamedHold[];
}

/** Active, and nothing has failed. */
export const untroubled: KnownTarget = { state: { is: 'active', failures: 0 }, failingSince: null, holds: [] };

interface Troubles {
  readonly failures: number;
  readonly resting_until: number | null;
  readonly rest: number;
  readonly held: number;
}

const selectTarget = statement<{ name: string }, Selectable<TargetsTable>>('select * from targets where name = :name');

const writeTroubles = statement<Troubles & { name: string; since: number | null }>(`
  insert into targets (name, failures, resting_until, rest, held, failing_since)
  values (:name, :failures, :resting_until, :rest, :held, cast(:since as bigint))
  on conflict (name) do update set failures = excluded.failures, resting_until = excluded.resting_until,
    rest = excluded.rest, held = excluded.held, failing_since = case when excluded.failing_since is null then null
      else coalesce(targets.failing_since, excluded.failing_since) end`);

const moveRest = statement<{ name: string; seen: number; until: number }, { name: string }>(
  'update targets set resting_until = :until where name = :name and resting_until = :seen returning name',
);

const endTroubles = statement<{ name: string }>(
  `update targets set failures = 0, resting_until = null, rest = 0, held = 0, holds = null, failing_since = null
    where name = :name`,
);

const selectHolds = statement<{ name: string }, { holds: string | null }>({
  sqlite: 'select holds from targets where name = :name',
  postgres: 'select holds from targets where name = :name for update',
});

const writeHolds = statement<{ name: string; holds: string }>(`
  insert into targets (name, failures, rest, held, holds) values (:name, 0, 0, 0, :holds)
  on conflict (name) do update set holds = excluded.holds`);

/** A person's pause stays. */
export const saveTroubles = new Procedure(
  'saveTroubles',
  async (transaction, values: Troubles & { readonly name: string; readonly now: number }): Promise<void> => {
    const { now, ...troubles } = values;
    await writeTroubles(transaction, { ...troubles, since: values.failures === 0 ? null : now });
  },
);

/** True for the process whose delivery may try the target. */
export const takeProbe = new Procedure(
  'takeProbe',
  async (
    transaction,
    values: { readonly name: string; readonly seen: number; readonly until: number },
  ): Promise<boolean> => (await moveRest(transaction, values)).length > 0,
);

export const holdName = new Procedure(
  'holdName',
  async (
    transaction,
    { name, hold, now }: { readonly name: string; readonly hold: NamedHold; readonly now: number },
  ): Promise<void> => {
    const [row] = await selectHolds(transaction, { name });
    const holds = withHold(readHolds(row?.holds ?? null), hold, now);
    await writeHolds(transaction, { name, holds: JSON.stringify(holds) });
  },
);

export const endRest = new Procedure('endRest', async (transaction, name: string): Promise<void> => {
  await endTroubles(transaction, { name });
});

/** Pause, breaker and holds of the targets, in the database, so that every process sees the same. */
export class TargetStates {
  readonly #database: Database;
  readonly #seals: Seals;

  constructor(database: Database, seals = new Seals(database)) {
    this.#database = database;
    this.#seals = seals;
  }

  async find(target: string): Promise<KnownTarget> {
    const [row] = await selectTarget(this.#database.reads, { name: target });
    return row === undefined ? untroubled : knownOf(row);
  }

  async all(): Promise<ReadonlyMap<string, KnownTarget>> {
    const rows = await this.#database.queries.selectFrom('targets').selectAll().execute();
    await this.#seals.want(rows.map((row) => row.paused_reason));
    const opened = rows.map(async (row) => ({ ...row, paused_reason: await openPauseReason(this.#seals, row) }));
    return new Map((await Promise.all(opened)).map((row) => [row.name, knownOf(row)]));
  }

  /** A person's pause stays. */
  save(target: string, state: BreakerState, now: number): Promise<void> {
    const resting = state.is !== 'active';
    return this.#database.call(saveTroubles, {
      name: target,
      now,
      failures: state.failures,
      resting_until: resting ? state.until : null,
      rest: resting ? state.length : 0,
      held: state.is === 'held' ? 1 : 0,
    });
  }

  /**
   * After a rest, one delivery over all processes tries whether the target is back: true for the process that may send
   * it. The rest goes on for the others until the probe has decided, or its process has died.
   */
  takeProbe(target: string, seen: number, until: number): Promise<boolean> {
    return this.#database.call(takeProbe, { name: target, seen, until });
  }

  /** Deliveries to this name of the adapter's own wait for so many milliseconds. */
  hold(target: string, name: string, now: number, length: number): Promise<void> {
    return this.#database.call(holdName, { name: target, hold: namedHold(name, now, length), now });
  }

  /** When it goes on, it begins afresh. Without an actor it is a part of something that the audit has as a whole. */
  async pause(target: string, now: number, actor?: Actor, reason?: string): Promise<void> {
    await withKeys(
      () => this.#seals.doubt(),
      async () =>
        this.#database.call(setPaused, {
          name: target,
          at: now,
          ...(reason !== undefined && { why: await sealedPause(this.#seals, target, reason, now) }),
          ...(actor && { by: { actor, now } }),
        }),
    );
  }

  /** Ends pause, rest and holds. */
  resume(target: string, by?: { readonly actor: Actor; readonly now: number }): Promise<void> {
    return this.#database.call(setPaused, { name: target, at: null, by });
  }

  /** Reasons that were given before there was a key. */
  async sealOld(now: number): Promise<void> {
    if (!this.#seals.isOn) return;
    const rows = await this.#database.queries.selectFrom('targets').select(['name', 'paused_reason']).execute();
    for (const { name, paused_reason: words } of rows)
      if (words !== null && !isSealedText(words))
        await withKeys(
          () => this.#seals.doubt(),
          async () => {
            const why = await sealedPause(this.#seals, name, words, now);
            await this.#database.call(sealReason, { name, words, why });
          },
        );
  }

  /** Ends rest and holds, for a person wants something tried now; a pause stays. */
  endRest(target: string): Promise<void> {
    return this.#database.call(endRest, target);
  }
}

function knownOf(row: Selectable<TargetsTable>): KnownTarget {
  return { state: stateOf(row), failingSince: row.failing_since, holds: readHolds(row.holds) };
}

function stateOf(row: Selectable<TargetsTable>): TargetState {
  const { paused_at, failures, resting_until, rest, held } = row;
  if (paused_at !== null) return { is: 'paused', since: paused_at, by: row.paused_by, reason: row.paused_reason };
  if (resting_until === null) return { is: 'active', failures };
  return { is: held === 1 ? 'held' : 'resting', failures, until: resting_until, length: rest };
}

/** Written by `hold` alone. */
function readHolds(column: string | null): readonly NamedHold[] {
  const holds: readonly NamedHold[] = column === null ? [] : JSON.parse(column);
  return holds;
}

/** A rest that ends further away than it lasts, probes apart, is one of a clock that was ahead. */
function isLeap({ until, length }: { readonly until: number; readonly length: number }, now: number): boolean {
  return until - now > Math.max(length, 3_600_000);
}

/** How it is now, in a word, and since when or until when: for lists and health. */
export function seenState(
  { state, holds }: KnownTarget,
  now: number,
): { readonly state: TargetState['is']; readonly until: number | null; readonly holds: readonly NamedHold[] } {
  const resting = (state.is === 'resting' || state.is === 'held') && state.until > now && !isLeap(state, now);
  const word = state.is === 'paused' ? 'paused' : resting ? state.is : 'active';
  return { state: word, until: resting ? state.until : null, holds: holding(holds, now) };
}
