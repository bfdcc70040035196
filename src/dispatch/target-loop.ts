import type { Adapter, References } from '../adapter.ts';
import { usualLease } from '../database/lease.ts';
import { isOutage } from '../database/outage.ts';
import { AttemptNotes } from '../outbox/attempt-notes.ts';
import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { Loop } from '../process/loop.ts';
import type { Report } from '../report/report.ts';
import { heldFor } from '../targets/named-holds.ts';
import type { KnownTarget, TargetStates } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import { permission } from './breaker.ts';
import { runAttempt } from './delivery-attempt.ts';
import { longestAttempt } from './ended-within.ts';
import { holdNameOf } from './hold-name.ts';
import { LeaseRenewal } from './lease-renewal.ts';
import { endedOrOverdue } from './overdue.ts';
import { Pace } from './pace.ts';
import { TargetHealth } from './target-health.ts';
import { type Running, UnderWay } from './under-way.ts';

export interface TargetLoopParts {
  readonly target: Target;
  readonly adapter: Adapter<never>;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  readonly references: (claim: Claim, notes: AttemptNotes) => References;
  /** What mappings to a target write into its records themselves. */
  readonly constants?: ((target: string) => ReadonlySet<string>) | undefined;
  readonly report: Report;
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly ticks?: () => number;
  readonly random: () => number;
  /** Milliseconds; a crash costs at most this long. */
  readonly leaseTime?: number;
  /** Milliseconds after which nobody waits for an adapter any more. */
  readonly longest?: number;
}

/** What a round took: `claimed` may be put off again, `begun` is being attempted. */
interface Taken {
  readonly claimed: number;
  readonly begun: number;
  /** As much as was asked for: more may be due. */
  readonly full: boolean;
}

/** What an attempt is told, and tells. */
interface Course {
  readonly signal: AbortSignal;
  readonly probe: boolean;
  /** The target has the record, which is not written yet. */
  readonly taken: () => void;
  /** Something leaves for the target. */
  readonly leaving: () => void;
}

const nothing: Taken = { claimed: 0, begun: 0, full: false };

/** How soon work is noticed that another process left: a retry from the command line, a resumed target. */
const pollTime = 1000;
/** How soon a database that was away is told again how an attempt ended. */
const settlePause = 500;

/** Tries what is due for one target, as many at a time as it may take; a slow target slows nothing but itself. */
export class TargetLoop {
  readonly #parts: TargetLoopParts;
  readonly #pace: Pace;
  readonly #health: TargetHealth;
  readonly #running: UnderWay;
  /** The last claim, until what it got is running. */
  #claiming: Promise<unknown> = Promise.resolve();
  readonly #leaseTime: number;
  readonly #claims: Loop;
  readonly #leases: LeaseRenewal;
  /** Deliveries of which an attempt was cut short because this process had stood still. */
  readonly #cut = new Set<number>();
  readonly #ticks: () => number;

  constructor(parts: TargetLoopParts) {
    const { target, report } = parts;
    this.#parts = parts;
    this.#leaseTime = parts.leaseTime ?? usualLease;
    this.#ticks = parts.ticks ?? (() => performance.now());
    this.#running = new UnderWay(target.concurrency);
    this.#pace = new Pace(target.config.rate);
    this.#health = new TargetHealth(parts);
    this.#claims = new Loop({
      round: () => this.#round(),
      failed: (error) => report.loopFailed(`dispatch ${target.name}`, error),
      pause: pollTime,
    });
    const { outbox, now } = parts;
    const times = { now, ticks: this.#ticks, leaseTime: this.#leaseTime };
    this.#leases = new LeaseRenewal({ target, outbox, report, running: this.#running, ...times });
  }

  start(): void {
    this.#claims.start();
    this.#leases.start();
  }

  /** Something may have become due. */
  wake(): void {
    this.#claims.wake();
  }

  /** Takes nothing more; what runs has until `deadline` fires to end by itself, then it is cut short and given back. */
  async stop(deadline: AbortSignal): Promise<void> {
    await this.#claims.stop();
    const cut = () => this.#running.all.forEach(({ abort }) => abort.abort());
    if (deadline.aborted) cut();
    else deadline.addEventListener('abort', cut, { once: true });
    await endedOrOverdue(Promise.all(this.#running.all.map(({ end }) => end)), deadline);
    await this.#leases.stop();
  }

  /** Attempts everything that is due now and waits for the outcome; returns how many attempts that made. For tests. */
  async drain(): Promise<number> {
    let attempts = 0;
    for (;;) {
      const { claimed, begun } = await this.#begin();
      attempts += begun;
      if (claimed === 0 && this.#running.size === 0) return attempts;
      if (this.#running.size > 0) await Promise.race(this.#running.all.map(({ end }) => end));
    }
  }

  /** Every claim that this process holds, also one that the database has just granted. */
  async underWay(): Promise<readonly Claim[]> {
    await this.#claiming;
    return this.#running.all.map(({ claim }) => claim);
  }

  async #round(): Promise<number> {
    const { full } = await this.#begin();
    if (full && this.#running.room > 0) return 0;
    return this.#untilNext();
  }

  async #begin(): Promise<Taken> {
    const { target, now } = this.#parts;
    const room = this.#running.room;
    if (room <= 0) return nothing;
    const known = await this.#health.look();
    const limits = { restMax: target.config.breaker.restMax, timeout: target.timeout };
    const may = permission(known.state, now(), limits);
    const most = this.#pace.allowed(now(), may === 'probe' ? 1 : room);
    if (may === 'hold' || most <= 0 || this.#claims.signal.aborted) return nothing;
    const probe = may === 'probe';
    if (probe && !(await this.#takeProbe(known))) return nothing;
    const claiming = this.#claim(most, probe, known);
    this.#claiming = claiming.catch(() => undefined);
    return claiming;
  }

  async #claim(most: number, probe: boolean, { holds }: KnownTarget): Promise<Taken> {
    const { target, outbox, now } = this.#parts;
    const asked = this.#ticks();
    const claims = await outbox.claim({
      target: target.name,
      now: now(),
      until: now() + this.#leaseTime,
      most,
      concurrency: target.concurrency,
    });
    let begun = 0;
    for (const claim of claims) {
      const wait = holds.length === 0 ? 0 : this.#heldFor(claim, holds);
      if (wait > 0) await outbox.release(claim, { dueAt: now() + wait, wait });
      else {
        this.#attempt(claim, probe, asked);
        begun += 1;
      }
    }
    this.#pace.spend(begun);
    return { claimed: claims.length, begun, full: claims.length >= most };
  }

  /** Milliseconds that whom it goes to is held. */
  #heldFor(claim: Claim, holds: KnownTarget['holds']): number {
    const name = holdNameOf(this.#parts.adapter, JSON.parse(claim.record));
    return name === undefined ? 0 : heldFor(holds, name, this.#parts.now());
  }

  /** Nothing due is no reason to take the probe away from those who will have something. */
  async #takeProbe({ state }: KnownTarget): Promise<boolean> {
    const { target, outbox, states, now } = this.#parts;
    if (state.is !== 'resting' && state.is !== 'held') return false;
    const due = await outbox.nextDue(target.name);
    if (due === undefined || due > now()) return false;
    return states.takeProbe(target.name, state.until, now() + Math.max(state.length, target.timeout));
  }

  /** `asked`: when the claim was asked for. */
  #attempt(claim: Claim, probe: boolean, asked: number): void {
    const abort = new AbortController();
    const lease = { sureUntil: asked + this.#leaseTime };
    /**
     * Of a process that stood still: the lease has run out and nobody has renewed it yet. Once only: an adapter may
     * compute for so long by itself that nothing else gets on.
     */
    const leaving = (): void => {
      if (this.#ticks() <= lease.sureUntil || this.#cut.has(claim.id)) return;
      this.#cut.add(claim.id);
      abort.abort();
    };
    const taken = (): void => {
      if (!this.#parts.outbox.oneQueue || probe) return;
      running.taken = true;
      this.wake();
    };
    const end = this.#run(claim, { signal: abort.signal, probe, taken, leaving })
      .catch((error: unknown) => this.#parts.report.loopFailed(`delivery ${claim.id}`, error))
      .finally(() => {
        this.#running.delete(running);
        this.wake();
      });
    const running: Running = { claim, abort, end, since: this.#ticks(), lease, taken: false, told: false };
    this.#running.add(running);
  }

  async #run(claim: Claim, { signal, probe, taken, leaving }: Course): Promise<void> {
    const { adapter, outbox, target, references, now, random, report } = this.#parts;
    const notes = new AttemptNotes();
    const ending = await runAttempt(adapter, claim, {
      retry: target.config.retry,
      unknown: target.unknown,
      references: references(claim, notes),
      saveProgress: (progress, when) => this.#saveProgress(claim, notes, progress, when),
      doubted: () => outbox.doubted(claim.id),
      secrets: target.secrets ?? [],
      constants: this.#parts.constants?.(target.name),
      now,
      random,
      signal,
      leaving,
      longest: this.#parts.longest ?? longestAttempt(target.timeout),
    });
    if (ending.settlement === undefined) {
      if (notes.pending !== undefined) await outbox.saveNotes(claim, notes.pending);
      await outbox.release(claim);
      return;
    }
    this.#cut.delete(claim.id);
    const { settlement, verdict } = ending;
    if (settlement.outcome === 'delivered') taken();
    const settled = await this.#settle(claim, settlement, notes, signal);
    const held = verdict.target === 'held' && verdict.name === undefined;
    report.dispatch.attempted({ claim, settlement, settled, held });
    if (settled) await this.#health.remember(verdict, probe, settlement.summary);
  }

  /** What need not be kept at once waits for what must be, or for the end of the attempt: one commit for all of it. */
  async #saveProgress(claim: Claim, notes: AttemptNotes, progress: string, when: 'now' | 'soon'): Promise<boolean> {
    notes.note(progress);
    const pending = notes.pending;
    if (when === 'soon' || pending === undefined) return true;
    const held = await this.#parts.outbox.saveNotes(claim, pending);
    notes.settle(pending);
    return held;
  }

  /**
   * What a target has taken is not to be forgotten, and sent again, because the database was away when it answered: it
   * is told until the lease is lost.
   */
  async #settle(claim: Claim, settlement: Settlement, notes: AttemptNotes, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      try {
        return await this.#parts.outbox.settle(claim, settlement, notes.pending);
      } catch (error) {
        if (this.#claims.signal.aborted || signal.aborted || !isOutage(error)) throw error;
        this.#parts.report.loopFailed(`delivery ${claim.id}`, error);
        await wait(settlePause);
      }
    }
  }

  async #untilNext(): Promise<number> {
    const { target, outbox, now } = this.#parts;
    if (this.#running.room <= 0) return pollTime;
    const due = await outbox.nextDue(target.name);
    const next = Math.max(due ?? Infinity, this.#health.restsUntil, this.#pace.nextAt);
    return Math.min(Math.max(next - now(), 1), pollTime);
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
