import { isOutage } from '../database/outage.ts';
import type { Claim } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { Loop } from '../process/loop.ts';
import type { Report } from '../report/report.ts';
import type { Target } from '../targets/target.ts';
import type { UnderWay } from './under-way.ts';

interface LeaseRenewalParts {
  readonly target: Pick<Target, 'name' | 'timeout'>;
  readonly outbox: Outbox;
  readonly report: Report;
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly ticks: () => number;
  readonly running: UnderWay;
  /** Milliseconds; a crash costs at most this long. */
  readonly leaseTime: number;
}

/** Milliseconds after which somebody is told of an attempt that does not end; a good one of many requests may be long. */
const endless = 120_000;

/** Keeps what a target is being sent this process's own, and tells of what does not end. */
export class LeaseRenewal {
  readonly #parts: LeaseRenewalParts;
  readonly #loop: Loop;

  constructor(parts: LeaseRenewalParts) {
    this.#parts = parts;
    this.#loop = new Loop({
      round: () => this.#renew(),
      failed: (error) => this.#failed(error),
      pause: parts.leaseTime / 3,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Three times within a lease. Also what ran out while this process stood still, unless somebody else has it. */
  async #renew(): Promise<number> {
    const { running, report, target, ticks, leaseTime } = this.#parts;
    const at = ticks();
    for (const { claim, since } of running.endless(at, Math.max(endless, 4 * target.timeout)))
      report.dispatch.attemptEndless(claim, at - since);
    const all = running.all;
    if (all.length > 0) {
      const kept = await this.#extended(all.map(({ claim }) => claim));
      for (const [index, each] of all.entries()) {
        if (kept[index] === false) each.abort.abort();
        else each.lease.sureUntil = at + leaseTime;
      }
    }
    return leaseTime / 3;
  }

  /** Which are still held. A database that is away gives them to nobody else either. */
  async #extended(claims: readonly Claim[]): Promise<readonly boolean[]> {
    const { outbox, now, leaseTime } = this.#parts;
    try {
      return await outbox.extend(claims, now() + leaseTime);
    } catch (error) {
      if (!isOutage(error)) throw error;
      this.#failed(error);
      return claims.map(() => true);
    }
  }

  #failed(error: unknown): void {
    this.#parts.report.loopFailed(`leases of ${this.#parts.target.name}`, error);
  }
}
