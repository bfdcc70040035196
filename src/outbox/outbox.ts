import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/executor.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { statement, steady } from '../database/statement.ts';
import { countOpen, type TargetCount, targetsWith } from './backlog.ts';
import { claimLanes, type ClaimValues, extendLease, type PutOff, releaseClaim, saveProgress } from './claim.ts';
import type { EndedClaim } from './settle/consequence.ts';
import type { Attempt, Claim, Delivery, Hold, NewDelivery, Settlement } from './delivery.ts';
import { insertDeliveries, isFirst } from './insert.ts';
import { cancelDelivery, type Intervention, type Remapped, remapDelivery, retryDelivery } from './intervene.ts';
import { attemptsOf, type DeliveryFilter, listDeliveries, recordOf } from './list.ts';
import { type ExpiredHold, expiredHolds, expireLeases, recoverHolds } from './settle/recover.ts';
import { settleClaims } from './settle/settle-claims.ts';

/** A retried dead letter that waits for its mapping to be tried again. */
export interface Unmapped {
  readonly id: number;
  readonly eventId: number;
  readonly mapping: string;
}

const selectNextDue = statement<{ target: string }, { due_at: number | null }>((queries, value) =>
  queries
    .selectFrom('lanes')
    .select('due_at')
    .where('target', '=', steady(value('target'), 'text'))
    .where('due_at', 'is not', null)
    .where('lease_until', '=', sql.lit(0))
    .orderBy('due_at')
    .limit(sql.lit(1)),
);

const selectUnmapped = statement<{ most: number }, { id: number; event_id: number; mapping: string }>(
  (queries, value) =>
    queries
      .selectFrom('deliveries')
      .select(['id', 'event_id', 'mapping'])
      .where('state', '=', sql.lit('pending' as const))
      .where('record', 'is', null)
      .orderBy('id')
      .limit(steady(value('most'), 'bigint')),
);

/** Deliveries wait here until taken or given up. The only owner of statements that lock. */
export class Outbox {
  readonly #database: Database;
  readonly #settlements: GroupCommit<EndedClaim, boolean>;

  constructor(database: Database) {
    this.#database = database;
    this.#settlements = new GroupCommit((items) => database.call(settleClaims, items));
  }

  /** Call after the transaction that made something due has committed. */
  wake(): void {
    this.#database.signal('due');
  }

  insert(transaction: Transaction, deliveries: readonly NewDelivery[]): Promise<number[]> {
    return insertDeliveries(transaction, deliveries);
  }

  isFirst(
    transaction: Transaction,
    once: { readonly mapping: string; readonly scope: string; readonly value: string; readonly event: number },
  ): Promise<boolean> {
    return isFirst(transaction, once);
  }

  async unmapped(most: number): Promise<Unmapped[]> {
    const rows = await selectUnmapped(this.#database.queries, { most });
    return rows.map((row) => ({ id: row.id, eventId: row.event_id, mapping: row.mapping }));
  }

  remap(transaction: Transaction, id: number, remapped: Remapped, now: number): Promise<void> {
    return remapDelivery(transaction, id, remapped, now);
  }

  /** `concurrency`: how many deliveries of the target all processes together may have under way. */
  claim(values: ClaimValues): Promise<Claim[]> {
    return this.#database.call(claimLanes, values);
  }

  extend(claim: Claim, until: number): Promise<boolean> {
    return extendLease(this.#database.queries, claim, until);
  }

  /** `later`: not to be tried before that. */
  release(claim: Claim, later?: PutOff): Promise<void> {
    return releaseClaim(this.#database.queries, claim, later);
  }

  /** Committed when it resolves, together with what others settle at the same time; false when the lease was lost. */
  settle({ laneId, laneKey, token, id, target, attempt }: Hold, settlement: Settlement): Promise<boolean> {
    return this.#settlements.add({ claim: { laneId, laneKey, token, id, target, attempt }, settlement });
  }

  /** When the next delivery of a target becomes due; undefined: none waits for a time. */
  async nextDue(target: string): Promise<number | undefined> {
    const [next] = await selectNextDue(this.#database.queries, { target });
    return next?.due_at ?? undefined;
  }

  /** `abandoned` says which of those whose lease has run out are really nobody's any more. */
  async recover(
    now: number,
    decide: (target: string) => 'again' | 'dead' = () => 'again',
    abandoned = async (expired: readonly ExpiredHold[]) => expired,
  ): Promise<number> {
    const holds = await abandoned(await expiredHolds(this.#database.queries, now));
    return holds.length === 0
      ? 0
      : this.#database.transaction((transaction) => recoverHolds(transaction, holds, now, decide));
  }

  /** Only for a process that knows it is the only one. */
  expireLeases(): Promise<void> {
    return this.#database.transaction((transaction) => expireLeases(transaction));
  }

  /** Removes lanes in which nothing waits; a new delivery of the key makes a new one. */
  async sweepIdle(): Promise<void> {
    await this.#database.queries
      .deleteFrom('lanes')
      .whereRef('head', '>', 'tail')
      .where('lease_until', '=', 0)
      .execute();
  }

  /** What an attempt has achieved so far, for the next one; false when the lease was lost. */
  saveProgress(claim: Claim, progress: string): Promise<boolean> {
    return saveProgress(this.#database.queries, claim, progress);
  }

  /** Whether nobody knows how one of its attempts ended. */
  async doubted(id: number): Promise<boolean> {
    const row = await this.#database.queries
      .selectFrom('attempts')
      .select('id')
      .where('delivery_id', '=', id)
      .where('outcome', '=', 'unknown')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async retry(id: number, now: number): Promise<Intervention> {
    const intervention = await this.#database.transaction((transaction) => retryDelivery(transaction, id, now));
    this.wake();
    return intervention;
  }

  async cancel(id: number, now: number): Promise<Intervention> {
    const intervention = await this.#database.transaction((transaction) => cancelDelivery(transaction, id, now));
    this.wake();
    return intervention;
  }

  list(filter: DeliveryFilter): Promise<Delivery[]> {
    return listDeliveries(this.#database.queries, filter);
  }

  record(id: number): Promise<string | null | undefined> {
    return recordOf(this.#database.queries, id);
  }

  attempts(delivery: number): Promise<Attempt[]> {
    return attemptsOf(this.#database.queries, delivery);
  }

  /** Targets that deliveries wait for, however many. */
  owed(): Promise<string[]> {
    return targetsWith(this.#database.queries, 'pending');
  }

  open(): Promise<TargetCount[]> {
    return countOpen(this.#database.queries);
  }
}
