import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import { GroupCommit } from '../database/group-commit.ts';
import { isRefusal } from '../database/outage.ts';
import { statement } from '../database/statement.ts';
import { Seals } from '../people/seals.ts';
import { markSeen } from './attention.ts';
import { countOpen, type TargetCount, targetsWith } from './backlog.ts';
import {
  claimLanes,
  type ClaimValues,
  extendLeases,
  type PutOff,
  releaseClaim,
  saveNotes,
  sweepIdle,
} from './claim.ts';
import type { AttemptNotes, Notes } from './attempt-notes.ts';
import type { Attempt, Claim, Delivery, Hold, NewDelivery, Settlement } from './delivery.ts';
import type { Replayed } from './insert.ts';
import { cancelDelivery, type Intervention, type Remapped, type Retry, retryDelivery } from './intervene.ts';
import { endLeaps, leapSlice, type LeapValues } from './leaps.ts';
import type { Edit } from './edit.ts';
import { type Extent, extentOf } from './extent.ts';
import type { DeliveryFilter } from './filter.ts';
import { type EndedAttempt, latestAttempts } from './latest-attempts.ts';
import { type LatestDeliveries, latestOf } from './latest-deliveries.ts';
import { attemptsOf, listDeliveries, recordOf } from './list.ts';
import { eventsAbout, type EventsAbout } from './events-about.ts';
import { type DeliveryLinks, linksOf } from './links.ts';
import { type BlockedKey, blockedKeys, type OpenCause, openCauses } from './open-causes.ts';
import { attentionAtAGlance, type HeldUp, heldUp, openAtAGlance } from './standing.ts';
import { cutShort, type ExpiredHold, expiredHolds, expireLeases } from './settle/recover.ts';
import { type NotedEnd, settleClaims } from './settle/settle-claims.ts';
import { asKept, openClaims, openKey } from './seal-delivery.ts';
import { KeptReferences } from './references.ts';
import { SealedWrites } from './sealed-writes.ts';
import { withoutWords } from './settle/without-words.ts';

/** A retried dead letter that waits for its mapping to be tried again. */
export interface Unmapped {
  readonly id: number;
  readonly eventId: number;
  readonly mapping: string;
}

const selectNextDue = statement<{ target: string }, { due_at: number }>(`
  select due_at from lanes where target = cast(:target as text) and due_at is not null and lease_until = 0
  order by due_at limit 1`);

const selectUnmapped = statement<{ most: number }, { id: number; event_id: number; mapping: string }>({
  // Left to itself SQLite walks through all that is pending: a second, with a million waiting (measured).
  sqlite: `
    select id, event_id, mapping from deliveries indexed by deliveries_unmapped
    where state = 'pending' and record is null order by id limit cast(:most as bigint)`,
  postgres: `
    select id, event_id, mapping from deliveries where state = 'pending' and record is null
    order by id limit cast(:most as bigint)`,
});

const selectDoubted = statement<{ id: number }, { id: number }>(
  `select id from attempts where delivery_id = :id and outcome = 'unknown' limit 1`,
);

/** Deliveries wait here until taken or given up. */
export class Outbox {
  readonly #database: Database;
  readonly #seals: Seals;
  readonly #writes: SealedWrites;
  readonly #settlements: GroupCommit<NotedEnd, boolean>;

  constructor(database: Database, seals = new Seals(database)) {
    this.#database = database;
    this.#seals = seals;
    this.#writes = new SealedWrites(database, seals);
    this.#settlements = new GroupCommit(
      async (ends) => database.call(settleClaims, await this.#writes.ended(ends)),
      !this.oneQueue,
    );
  }

  /** Whether all that is written goes through one queue, in which what is asked together is one commit. */
  get oneQueue(): boolean {
    return this.#database.file !== undefined;
  }

  /** Call after the transaction that made something due has committed. */
  wake(): void {
    this.#database.signal('due');
  }

  /** At the end of their lanes, in the order given; their ids. */
  insert(deliveries: readonly NewDelivery[]): Promise<number[]> {
    return this.#writes.insert(deliveries);
  }

  /** Null when an earlier event had the value of `once` and nothing is repeated. */
  insertReplayed(replayed: Replayed): Promise<number | null> {
    return this.#writes.insertReplayed(replayed);
  }

  async unmapped(most: number): Promise<Unmapped[]> {
    const rows = await selectUnmapped(this.#database.reads, { most });
    return rows.map((row) => ({ id: row.id, eventId: row.event_id, mapping: row.mapping }));
  }

  remap(id: number, remapped: Remapped, now: number): Promise<void> {
    return this.#writes.remap(id, remapped, now);
  }

  /** `concurrency`: how many deliveries of the target all processes together may have under way. */
  async claim(values: ClaimValues): Promise<Claim[]> {
    return openClaims(this.#seals, await this.#database.call(claimLanes, values));
  }

  /** For each, in the order given, false when its lease was lost: its attempt must end without settling. */
  extend(claims: readonly Hold[], until: number): Promise<boolean[]> {
    return this.#database.call(extendLeases, { holds: claims.map(holdOf), until });
  }

  /** Gives a claim back as if it had never been taken. `later`: not to be tried before that. */
  release(claim: Hold, later?: PutOff): Promise<void> {
    return this.#database.call(releaseClaim, { hold: holdOf(claim), later });
  }

  /** Committed when it resolves, together with what others settle at the same time; false when the lease was lost. */
  async settle(hold: Hold, settlement: Settlement, notes?: Notes): Promise<boolean> {
    const claim = holdOf(hold);
    try {
      await this.#writes.keyAtHand(claim, settlement.finishedAt);
      return await this.#settlements.add({ claim, settlement, notes });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (notes !== undefined) await this.saveNotes(hold, notes);
      // What came of it stands, whatever was said about it: a delivered record is not to be sent again for that.
      return this.#settlements.add({ claim, settlement: withoutWords(settlement, error) });
    }
  }

  /** When the next delivery of a target becomes due; undefined: none waits for a time. */
  async nextDue(target: string): Promise<number | undefined> {
    const [next] = await selectNextDue(this.#database.reads, { target });
    return next?.due_at ?? undefined;
  }

  /** `abandoned` says which of those whose lease has run out are really nobody's any more. */
  async recover(
    now: number,
    decide: (target: string) => 'again' | 'dead' = () => 'again',
    abandoned = async (expired: readonly ExpiredHold[]) => expired,
  ): Promise<number> {
    const holds = await abandoned(await expiredHolds(this.#database.reads, now));
    if (holds.length === 0) return 0;
    const settled = await this.#database.call(
      settleClaims,
      holds.map((hold) => cutShort(hold, now, decide(hold.target))),
    );
    return settled.filter(Boolean).length;
  }

  /** After the clock was set back: what waits for a time that has become far away waits no longer than it was to. */
  async endLeaps(values: LeapValues): Promise<void> {
    let set = leapSlice;
    let all = 0;
    while (set >= leapSlice) {
      set = await this.#database.call(endLeaps, values);
      all += set;
    }
    if (all > 0) this.wake();
  }

  /** Only for a process that knows it is the only one. */
  expireLeases(): Promise<void> {
    return this.#database.call(expireLeases, undefined);
  }

  /** Removes lanes in which nothing waits; a new delivery of the key makes a new one. */
  sweepIdle(): Promise<void> {
    return this.#database.call(sweepIdle, undefined);
  }

  /** What Huntflow's entities are called at a delivery's target; `notes`: of the attempt that asks. */
  references({ target, scope, person }: Pick<Claim, 'target' | 'scope' | 'person'>, notes?: AttemptNotes) {
    const asked = { person: person ?? null, seals: this.#seals, ...(notes && { notes }) };
    return new KeptReferences(this.#database, target, scope, asked);
  }

  /** What an attempt has achieved so far, for the next one; false when the lease was lost. */
  saveProgress(claim: Hold, progress: string): Promise<boolean> {
    return this.saveNotes(claim, { progress, references: [] });
  }

  /** The same with what else it wants kept; that is kept although the lease was lost. */
  async saveNotes(claim: Hold, notes: Notes): Promise<boolean> {
    try {
      return await this.#database.call(saveNotes, {
        hold: holdOf(claim),
        notes: await this.#writes.notes(claim, notes, Date.now()),
      });
    } catch (error) {
      // An attempt that failed for this would do everything again, and fail again.
      if (isRefusal(error)) return true;
      throw error;
    }
  }

  /** Whether nobody knows how one of its attempts ended. */
  async doubted(id: number): Promise<boolean> {
    return (await selectDoubted(this.#database.reads, { id })).length > 0;
  }

  async retry(id: number, now: number, actor?: Actor, action?: Retry['action']): Promise<Intervention> {
    const intervention = await this.#database.call(retryDelivery, { id, now, actor, ...(action && { action }) });
    this.wake();
    return intervention;
  }

  /** The delivery that takes its place, or why there is none. */
  async edit(edit: Edit) {
    const outcome = await this.#writes.edit(edit);
    this.wake();
    return outcome;
  }

  async cancel(id: number, now: number, actor?: Actor): Promise<Intervention> {
    const intervention = await this.#database.call(cancelDelivery, { id, now, actor });
    this.wake();
    return intervention;
  }

  list(filter: DeliveryFilter): Promise<Delivery[]> {
    return listDeliveries(this.#database.queries, this.#seals, asKept(this.#seals, filter));
  }

  /** How many deliveries of each target have findings that nobody has seen. */
  attention(): Promise<ReadonlyMap<string, number>> {
    return attentionAtAGlance(this.#database.queries);
  }

  /** Findings of these have been seen; returns the ids of those that had any which nobody had seen before. */
  markSeen(ids: readonly number[], now: number, actor?: Actor): Promise<number[]> {
    return this.#database.call(markSeen, { ids, now, actor });
  }

  /** The ids that a filter comes to, in the order received, and how many people that is. */
  extent(filter: DeliveryFilter): Promise<Extent> {
    return extentOf(this.#database.queries, asKept(this.#seals, filter));
  }

  /** `since`, milliseconds since 1970: what failed after that is fresh. */
  causes(since?: number): Promise<OpenCause[]> {
    return openCauses(this.#database.queries, since);
  }

  /** `before`: only heads with smaller ids. */
  blocked(limit?: number, before?: number): Promise<BlockedKey[]> {
    return blockedKeys(this.#database.queries, limit, before);
  }

  /** Events whose deliveries are about an applicant, or have a key; the latest first. */
  eventsOf(filter: EventsAbout): Promise<number[]> {
    return eventsAbout(this.#database.queries, filter);
  }

  links(id: number): Promise<DeliveryLinks> {
    return linksOf(this.#database.queries, this.#seals, id);
  }

  record(id: number): Promise<string | null | undefined> {
    return recordOf(this.#database.queries, this.#seals, id);
  }

  /** A filter as it may be kept: a key that names no entity as its hash. */
  asKept(filter: DeliveryFilter): DeliveryFilter {
    return asKept(this.#seals, filter);
  }

  /** The key of a delivery as its mapping made it; for whoever may see it. */
  keyText({ key, keyText }: Pick<Delivery, 'key' | 'keyText'>): Promise<string | null> {
    return openKey(this.#seals, key, keyText);
  }

  attempts(delivery: number): Promise<Attempt[]> {
    return attemptsOf(this.#database.queries, this.#seals, delivery);
  }

  /** Targets that deliveries wait for, however many. */
  owed(): Promise<string[]> {
    return targetsWith(this.#database.queries, 'pending');
  }

  /** The same as far as people read numbers, and quick however much is owed: counts stop at 1,001. */
  openAtAGlance(): Promise<TargetCount[]> {
    return openAtAGlance(this.#database.queries);
  }

  /** Findings that nobody has seen, by target, as far as people read numbers. */
  attentionAtAGlance(): Promise<ReadonlyMap<string, number>> {
    return attentionAtAGlance(this.#database.queries);
  }

  /** Whom a dead letter is about, and what waits behind one; counts stop at 1,001. */
  heldUp(): Promise<HeldUp> {
    return heldUp(this.#database.queries);
  }

  /** Attempts that ended since then, the latest 10,000 at most, the oldest first. */
  attemptsSince(since: number): Promise<EndedAttempt[]> {
    return latestAttempts(this.#database.queries, since);
  }

  /** How each of these targets took what it was sent last, and when its next delivery becomes due. */
  async flowOf(targets: readonly string[]): Promise<{
    readonly latest: ReadonlyMap<string, LatestDeliveries>;
    readonly due: ReadonlyMap<string, number>;
  }> {
    const due = new Map<string, number>();
    for (const target of targets) {
      const next = await this.nextDue(target);
      if (next !== undefined) due.set(target, next);
    }
    return { latest: await latestOf(this.#database.queries, targets), due };
  }

  open(): Promise<TargetCount[]> {
    return countOpen(this.#database.queries);
  }
}

/** Nothing of a claim but its lease: a record need not cross over to another thread. */
function holdOf({ laneId, laneKey, token, id, target, attempt, person = null, seal = null }: Hold): Hold {
  return { laneId, laneKey, token, id, target, attempt, person, seal };
}
