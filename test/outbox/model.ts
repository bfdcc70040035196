import type { AttemptOutcome, DeadReason, DeliveryState } from '../../src/outbox/delivery.ts';

/** A delivery as the model sees it; the real one must look the same. */
export interface ModelDelivery {
  readonly id: number;
  state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  reason: DeadReason | null;
  hasRecord: boolean;
  readonly outcomes: AttemptOutcome[];
  /** What the exchanges of its attempts take. */
  bytes: number;
}

/** The queue of one key: an array, a head that is found by looking, and who holds it. */
export class ModelLane {
  readonly deliveries: ModelDelivery[] = [];
  due: number | null = null;
  lease: { readonly claim: number; until: number } | undefined;
  counted = 0;
  since: number | null = null;
  /** Milliseconds that count towards giving up. */
  spent = 0;
  /** Attempts at the head in a row that cost nothing. */
  interrupted = 0;

  get head(): ModelDelivery | undefined {
    return this.deliveries.find(({ state }) => state === 'pending' || state === 'dead');
  }

  add(delivery: ModelDelivery, now: number): void {
    const idle = this.head === undefined;
    this.deliveries.push(delivery);
    if (idle) this.due = delivery.state === 'dead' ? null : now;
  }

  /** Whoever is head now begins afresh. */
  turn(now: number): void {
    const { head } = this;
    this.due = head?.state === 'pending' && head.hasRecord ? now : null;
    this.lease = undefined;
    this.counted = 0;
    this.since = null;
    this.spent = 0;
    this.interrupted = 0;
  }

  isDue(now: number): boolean {
    return this.lease === undefined && this.due !== null && this.due <= now;
  }

  seen(delivery: ModelDelivery): {
    readonly state: DeliveryState;
    readonly dueAt: number | null;
    readonly blocked: boolean;
  } {
    const { head } = this;
    const open = delivery.state === 'pending';
    const sending = open && delivery === head && this.lease !== undefined;
    const stuck = head?.state === 'dead' || head?.hasRecord === false;
    return {
      state: sending ? 'sending' : delivery.state,
      dueAt: open && delivery === head ? this.due : null,
      blocked: open && delivery !== head && stuck,
    };
  }
}

/** What the outbox must do, without a database. */
export class Model {
  now = 1000;
  readonly lanes = new Map<string, ModelLane>();
  readonly deliveries = new Map<number, { readonly lane: ModelLane; readonly delivery: ModelDelivery }>();
  /** Every claim that was ever made, late ones too. */
  readonly claims: { readonly lane: ModelLane; readonly delivery: ModelDelivery }[] = [];

  insert(id: number, key: string | null, failed: boolean): void {
    const name = key ?? `alone ${id}`;
    const lane = this.lanes.get(name) ?? new ModelLane();
    this.lanes.set(name, lane);
    const delivery: ModelDelivery = {
      id,
      state: failed ? 'dead' : 'pending',
      reason: failed ? 'mapping failed' : null,
      hasRecord: !failed,
      outcomes: [],
      bytes: 0,
    };
    lane.add(delivery, this.now);
    this.deliveries.set(id, { lane, delivery });
  }

  due(): ModelLane[] {
    return [...this.lanes.values()].filter((lane) => lane.isDue(this.now));
  }

  claim(lane: ModelLane, until: number): void {
    if (lane.head === undefined) throw new Error('a lane is due without a head');
    lane.lease = { claim: this.claims.length, until };
    lane.counted += 1;
    lane.since ??= this.now;
    this.claims.push({ lane, delivery: lane.head });
  }

  /** Whether the claim still counts. */
  holds(claim: number): boolean {
    return this.claims[claim]?.lane.lease?.claim === claim;
  }

  settle(
    claim: number,
    ended: AttemptOutcome,
    {
      dueAt = 0,
      cost = 'attempt',
      spends = 0,
      reason = null,
      bytes = 2,
    }: {
      readonly dueAt?: number;
      readonly cost?: 'attempt' | 'interruption' | 'held';
      readonly spends?: number;
      readonly reason?: DeadReason | null;
      readonly bytes?: number;
    },
  ): boolean {
    const { lane, delivery } = this.claims[claim] ?? {};
    if (lane === undefined || delivery === undefined || !this.holds(claim)) return false;
    const open = ended !== 'delivered' && ended !== 'dead';
    if (!open || cost === 'attempt') lane.interrupted = 0;
    else if (cost === 'interruption') lane.interrupted += 1;
    const worn = lane.interrupted === 50;
    const outcome = worn ? 'dead' : ended;
    delivery.outcomes.push(outcome);
    delivery.bytes += bytes;
    lane.lease = undefined;
    if (outcome === 'delivered') {
      delivery.state = 'delivered';
      lane.turn(this.now);
    } else if (outcome === 'dead') {
      delivery.state = 'dead';
      delivery.reason = worn ? 'unknown outcome' : reason;
      lane.due = null;
    } else {
      lane.due = dueAt;
      if (cost !== 'attempt') lane.counted -= 1;
      lane.spent += spends;
    }
    return true;
  }

  release(claim: number): void {
    const { lane } = this.claims[claim] ?? {};
    if (lane === undefined || !this.holds(claim)) return;
    lane.lease = undefined;
    lane.counted -= 1;
    if (lane.counted === 0) lane.since = null;
  }

  recover(dead: boolean): number {
    const expired = [...this.lanes.values()].flatMap(({ lease }) =>
      lease !== undefined && lease.until <= this.now ? lease.claim : [],
    );
    for (const claim of expired)
      this.settle(claim, dead ? 'dead' : 'unknown', {
        dueAt: this.now,
        cost: 'interruption',
        reason: 'unknown outcome',
      });
    return expired.length;
  }

  retry(id: number): boolean {
    const found = this.#touchable(id);
    if (found === undefined) return false;
    const { lane, delivery } = found;
    delivery.state = 'pending';
    delivery.reason = null;
    if (delivery === lane.head && delivery.hasRecord) lane.turn(this.now);
    return true;
  }

  cancel(id: number): boolean {
    const found = this.#touchable(id);
    if (found === undefined) return false;
    const wasHead = found.lane.head === found.delivery;
    found.delivery.state = 'cancelled';
    if (wasHead) found.lane.turn(this.now);
    return true;
  }

  remap(id: number, outcome: 'record' | 'failed' | 'skipped'): void {
    const { lane, delivery } = this.deliveries.get(id) ?? {};
    if (lane === undefined || delivery === undefined || delivery.state !== 'pending' || delivery.hasRecord) return;
    const wasHead = lane.head === delivery;
    if (outcome === 'record') delivery.hasRecord = true;
    else if (outcome === 'skipped') delivery.state = 'cancelled';
    else {
      delivery.state = 'dead';
      delivery.reason = 'mapping failed';
    }
    if (wasHead) lane.turn(this.now);
  }

  /** What a person may still change. */
  #touchable(id: number): { readonly lane: ModelLane; readonly delivery: ModelDelivery } | undefined {
    const found = this.deliveries.get(id);
    if (found === undefined || found.delivery.state === 'delivered' || found.delivery.state === 'cancelled')
      return undefined;
    return found.lane.head === found.delivery && found.lane.lease !== undefined ? undefined : found;
  }
}
