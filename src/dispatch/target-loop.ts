import type { Adapter, References } from '../adapter.ts';
import { usualLease } from '../database/lease.ts';
import { isOutage } from '../database/outage.ts';
import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type TargetState, type TargetStates, untroubled } from '../targets/target-state.ts';
import type { Report } from '../report/report.ts';
import type { Target } from '../targets/target.ts';
import { afterFailure, closed, permission } from './breaker.ts';
import { runAttempt } from './delivery-attempt.ts';
import { endedOrOverdue } from './overdue.ts';
import { Pace } from './pace.ts';

export interface TargetLoopParts {
  readonly target: Target;
  readonly adapter: Adapter<never>;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  readonly references: (scope: string) => References;
  readonly report: Report;
  readonly now: () => number;
  readonly random: () => number;
  /** Milliseconds; a crash costs at most this long. */
  readonly leaseTime?: number;
}

interface Running {
  readonly claim: Claim;
  readonly abort: AbortController;
  readonly end: Promise<void>;
}

/** How soon work is noticed that another process left: a retry from the command line, a resumed target. */
const pollTime = 1000;
/** How soon a database that was away is told again how an attempt ended. */
const settlePause = 500;

/** Tries what is due for one target, as many at a time as it may take; a slow target slows nothing but itself. */
export class TargetLoop {
  readonly #parts: TargetLoopParts;
  readonly #pace: Pace;
  readonly #running = new Set<Running>();
  /** The last claim, until what it got is running. */
  #claiming: Promise<unknown> = Promise.resolve();
  readonly #leaseTime: number;
  /** As last read or changed here; other processes are heard at the next claim. */
  #state: TargetState = untroubled;
  #stopping = false;
  #wake: () => void = () => undefined;
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: TargetLoopParts) {
    this.#parts = parts;
    this.#leaseTime = parts.leaseTime ?? usualLease;
    this.#pace = new Pace(parts.target.config.rate);
  }

  start(): void {
    this.#round = this.#rounds();
    this.#timer = setInterval(() => void this.#renew(), this.#leaseTime / 3); // three times within a lease
  }

  /** Something may have become due. */
  wake(): void {
    this.#wake();
  }

  /** Takes nothing more; what runs has until `deadline` fires to end by itself, then it is cut short and given back. */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#round;
    const cut = () => this.#running.forEach(({ abort }) => abort.abort());
    if (deadline.aborted) cut();
    else deadline.addEventListener('abort', cut, { once: true });
    await endedOrOverdue(Promise.all([...this.#running].map(({ end }) => end)), deadline);
    clearInterval(this.#timer);
  }

  /** Attempts everything that is due now and waits for the outcome; returns how many attempts that made. For tests. */
  async drain(): Promise<number> {
    let attempts = 0;
    for (;;) {
      const begun = await this.#begin();
      if (begun === 0 && this.#running.size === 0) return attempts;
      attempts += begun;
      await Promise.race([...this.#running].map(({ end }) => end));
    }
  }

  async #rounds(): Promise<void> {
    while (!this.#stopping) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      let begun = 0;
      let pause = pollTime;
      try {
        begun = await this.#begin();
        pause = await this.#untilNext();
      } catch (error) {
        this.#parts.report.loopFailed(`dispatch ${this.#parts.target.name}`, error);
      }
      // A full claim may have left more behind that is due already.
      if (begun > 0 && this.#running.size < this.#parts.target.concurrency) continue;
      if (!this.#stopping) await Promise.race([woken, wait(pause)]);
      // Attempts that end in the same turn make room together: one claim for all of them.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #begin(): Promise<number> {
    const { target, states, now } = this.#parts;
    const room = target.concurrency - this.#running.size;
    if (room <= 0) return 0;
    this.#state = await states.find(target.name);
    const may = permission(this.#state, now());
    const most = this.#pace.allowed(now(), may === 'probe' ? 1 : room);
    if (may === 'hold' || most <= 0 || this.#stopping) return 0;
    const probe = may === 'probe';
    if (probe && !(await this.#takeProbe())) return 0;
    const claiming = this.#claim(most, probe);
    this.#claiming = claiming.catch(() => undefined);
    return claiming;
  }

  async #claim(most: number, probe: boolean): Promise<number> {
    const { target, outbox, now } = this.#parts;
    const claims = await outbox.claim({
      target: target.name,
      now: now(),
      until: now() + this.#leaseTime,
      most,
      concurrency: target.concurrency,
    });
    this.#pace.spend(claims.length);
    for (const claim of claims) this.#attempt(claim, probe);
    return claims.length;
  }

  /** Every claim that this process holds, also one that the database has just granted. */
  async underWay(): Promise<readonly Claim[]> {
    await this.#claiming;
    return [...this.#running].map(({ claim }) => claim);
  }

  /** Nothing due is no reason to take the probe away from those who will have something. */
  async #takeProbe(): Promise<boolean> {
    const { target, outbox, states, now } = this.#parts;
    const { restingUntil, rest } = this.#state;
    const due = await outbox.nextDue(target.name);
    if (restingUntil === null || due === undefined || due > now()) return false;
    return states.takeProbe(target.name, restingUntil, now() + Math.max(rest, target.timeout));
  }

  #attempt(claim: Claim, probe: boolean): void {
    const abort = new AbortController();
    const end = this.#run(claim, abort.signal, probe)
      .catch((error: unknown) => this.#parts.report.loopFailed(`delivery ${claim.id}`, error))
      .finally(() => {
        this.#running.delete(running);
        this.wake();
      });
    const running = { claim, abort, end };
    this.#running.add(running);
  }

  async #run(claim: Claim, signal: AbortSignal, probe: boolean): Promise<void> {
    const { adapter, outbox, target, references, now, random, report } = this.#parts;
    const ending = await runAttempt(adapter, claim, {
      retry: target.config.retry,
      unknown: target.unknown,
      references: references(claim.scope),
      saveProgress: (progress) => outbox.saveProgress(claim, progress),
      now,
      random,
      signal,
    });
    if (ending.settlement === undefined) {
      await outbox.release(claim);
      return;
    }
    const settled = await this.#settle(claim, ending.settlement, signal);
    report.attempted({ claim, settlement: ending.settlement, settled });
    if (settled) await this.#remember(ending.reached, probe);
  }

  /**
   * What a target has taken is not to be forgotten, and sent again, because the database was away when it answered: it
   * is told until the lease is lost.
   */
  async #settle(claim: Claim, settlement: Settlement, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      try {
        return await this.#parts.outbox.settle(claim, settlement);
      } catch (error) {
        if (this.#stopping || signal.aborted || !isOutage(error)) throw error;
        this.#parts.report.loopFailed(`delivery ${claim.id}`, error);
        await wait(settlePause);
      }
    }
  }

  async #remember(reached: boolean, probe: boolean): Promise<void> {
    const { target, states, now, report } = this.#parts;
    const before = this.#state;
    if (reached && before.failures === 0 && before.restingUntil === null) return;
    // Changed before the first wait, so that failures that end together are all counted.
    const breaker = reached ? closed : afterFailure(target.config.breaker, before, now(), probe);
    this.#state = { ...before, ...breaker };
    await states.saveBreaker(target.name, breaker);
    if (reached && before.restingUntil !== null) report.targetBack(target.name);
    if (!reached && breaker.restingUntil !== null && breaker.restingUntil !== before.restingUntil)
      report.targetResting(target.name, breaker.failures, breaker.rest);
  }

  async #untilNext(): Promise<number> {
    const { target, outbox, now } = this.#parts;
    if (this.#running.size >= target.concurrency) return pollTime;
    const due = await outbox.nextDue(target.name);
    const next = Math.max(due ?? Infinity, this.#state.restingUntil ?? 0, this.#pace.nextAt);
    return Math.min(Math.max(next - now(), 1), pollTime);
  }

  /** Also what ran out while this process stood still, unless somebody else has it. */
  async #renew(): Promise<void> {
    const { outbox, now, report } = this.#parts;
    for (const { claim, abort } of this.#running) {
      try {
        if (!(await outbox.extend(claim, now() + this.#leaseTime))) abort.abort();
      } catch (error) {
        report.loopFailed(`lease of delivery ${claim.id}`, error);
      }
    }
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
