import { sql } from 'kysely';
import { type Database, isPostgres, type Transaction } from '../database/database.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { claimDue, type ClaimValues, extendLease, releaseClaim, saveProgress } from './claim.ts';
import type { Attempt, Claim, Delivery, NewDelivery, Settlement } from './delivery.ts';
import { insertInto, isFirst, laneKey } from './insert.ts';
import { inLockOrder } from './lock-order.ts';
import { cancelDelivery, type Intervention, type Remapped, remapDelivery, retryDelivery } from './intervene.ts';
import { attemptsOf, countOpen, type DeliveryFilter, listDeliveries, recordOf, type TargetCount } from './list.ts';
import { expireLeases, recoverExpired } from './recover.ts';
import { settleEach } from './settle.ts';
import { settleBatch } from './settle-batch.ts';

/** A retried dead letter that waits for its mapping to be tried again. */
export interface Unmapped {
  readonly id: number;
  readonly eventId: number;
  readonly mapping: string;
}

/** Milliseconds that a settlement on SQLite waits for company: the whole way gains a tenth (870 to 950 events a second); 4 ms lose it again. */
const settleLinger = 2;

/** Deliveries wait here until taken or given up. The only owner of statements that lock. */
export class Outbox {
  readonly #database: Database;
  readonly #settlements: GroupCommit<{ readonly claim: Claim; readonly settlement: Settlement }, boolean>;

  constructor(database: Database) {
    this.#database = database;
    this.#settlements = new GroupCommit((items) => database.transaction(async (transaction) => {
      const settled: boolean[] = [];
      // Lanes are locked in one order by everybody: two processes that each hold what the other wants would both wait.
      const ordered = inLockOrder(items.map((item, index) => ({ ...item, index })), ({ claim }) => [claim.target, claim.laneKey]);
      const answers = isPostgres(transaction) ? await settleBatch(transaction, ordered) : await settleEach(transaction, ordered);
      for (const [place, { index }] of ordered.entries()) settled[index] = answers[place] ?? false;
      return settled;
    }), 256, database.file === undefined ? 0 : settleLinger);
  }

  /** Call after the transaction that made something due has committed. */
  wake(): void {
    this.#database.signal('due');
  }

  /** Deliveries of one key keep the order in which they are given; ids in that order too. */
  async insert(transaction: Transaction, deliveries: readonly NewDelivery[]): Promise<number[]> {
    const ids: number[] = [];
    for (const { delivery, index } of inLockOrder(deliveries.map((delivery, index) => ({ delivery, index })), ({ delivery }) => [delivery.target, laneKey(delivery)])) {
      ids[index] = await insertInto(transaction, delivery);
    }
    return ids;
  }

  isFirst(transaction: Transaction, once: { readonly mapping: string; readonly scope: string; readonly value: string; readonly event: number }): Promise<boolean> {
    return isFirst(transaction, once);
  }

  /** Remembers that one entity stands for another from now on; a later merge of the survivor is followed through. */
  async keepAlias(transaction: Transaction, alias: { readonly scope: string; readonly kind: string; readonly entity: string; readonly survivor: string }): Promise<void> {
    await transaction.insertInto('aliases').values(alias)
      .onConflict((conflict) => conflict.columns(['scope', 'kind', 'entity']).doUpdateSet({ survivor: alias.survivor })).execute();
  }

  /** Part of the mapper's transaction: these events passed mappings by that no version works for. */
  async countUnserved(transaction: Transaction, mappings: readonly string[], events: readonly number[]): Promise<void> {
    const first = Math.min(...events);
    const last = Math.max(...events);
    for (const mapping of mappings) {
      await transaction.insertInto('mapping_gaps').values({ mapping, first_event: first, last_event: last, events: events.length })
        .onConflict((conflict) => conflict.column('mapping').doUpdateSet((gap) => ({ last_event: last, events: gap('mapping_gaps.events', '+', events.length) }))).execute();
    }
  }

  async unmapped(most: number): Promise<Unmapped[]> {
    const rows = await this.#database.queries.selectFrom('deliveries').select(['id', 'event_id', 'mapping'])
      .where('state', '=', sql.lit('pending' as const)).where('record', 'is', null).orderBy('id').limit(most).execute();
    return rows.map((row) => ({ id: row.id, eventId: row.event_id, mapping: row.mapping }));
  }

  remap(transaction: Transaction, id: number, remapped: Remapped, now: number): Promise<void> {
    return remapDelivery(transaction, id, remapped, now);
  }

  /** `concurrency`: how many deliveries of the target all processes together may have under way. */
  claim(values: ClaimValues): Promise<Claim[]> {
    // On PostgreSQL the claim is one statement and needs no transaction around it; on SQLite a transaction waits for its lock.
    return this.#database.file === undefined ? claimDue(this.#database.queries, values) : this.#database.transaction((transaction) => claimDue(transaction, values));
  }

  extend(claim: Claim, until: number): Promise<boolean> {
    return extendLease(this.#database.queries, claim, until);
  }

  release(claim: Claim): Promise<void> {
    return releaseClaim(this.#database.queries, claim);
  }

  /** Committed when it resolves, together with what others settle at the same time; false when the lease was lost. */
  async settle(claim: Claim, settlement: Settlement): Promise<boolean> {
    const settled = await this.#settlements.add({ claim, settlement });
    return settled;
  }

  /** When the next delivery of a target becomes due; undefined: none waits for a time. */
  async nextDue(target: string): Promise<number | undefined> {
    const row = await this.#database.queries.selectFrom('lanes').select('due_at')
      .where('target', '=', target).where('due_at', 'is not', null).where('lease_until', '=', 0).orderBy('due_at').limit(1).executeTakeFirst();
    return row?.due_at ?? undefined;
  }

  recover(now: number, decide: (target: string) => 'again' | 'dead' = () => 'again'): Promise<number> {
    return this.#database.transaction((transaction) => recoverExpired(transaction, now, decide));
  }

  /** Only for a process that knows it is the only one. */
  expireLeases(): Promise<void> {
    return this.#database.transaction((transaction) => expireLeases(transaction));
  }

  /** Removes lanes in which nothing waits; a new delivery of the key makes a new one. */
  async sweepIdle(): Promise<void> {
    await this.#database.queries.deleteFrom('lanes').whereRef('head', '>', 'tail').where('lease_until', '=', 0).execute();
  }

  /** What an attempt has achieved so far, for the next one; false when the lease was lost. */
  saveProgress(claim: Claim, progress: string): Promise<boolean> {
    return saveProgress(this.#database.queries, claim, progress);
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

  open(): Promise<TargetCount[]> {
    return countOpen(this.#database.queries);
  }
}
