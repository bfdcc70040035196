import type { Adapter } from '../adapter.ts';
import type { Database } from '../database/database.ts';
import { usualLease } from '../database/lease.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { LeapWatch } from '../process/leap.ts';
import { Loop } from '../process/loop.ts';
import type { ExpiredHold } from '../outbox/settle/recover.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { Report } from '../report/report.ts';
import { livingAdapter, type Target, type LentTools } from '../targets/target.ts';
import { endedOrOverdue } from './overdue.ts';
import { TargetLoop } from './target-loop.ts';

export interface DispatcherParts {
  readonly targets: readonly Target[];
  readonly tools: (target: Target) => LentTools;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  /** What mappings to a target write into its records themselves. */
  readonly constants?: (target: string) => ReadonlySet<string>;
  readonly report: Report;
  readonly now: () => number;
  readonly random: () => number;
  /** Milliseconds. */
  readonly leaseTime?: number;
}

const sweepEvery = 60_000;
/** Rounds, three to a lease: within ten seconds every instance has asked for the time, and renewed what it holds. */
const leapHeardAfter = 6;

/** Gives each target a loop of its own and looks after what processes that died have left. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #leaseTime: number;
  readonly #adapters: readonly Adapter<never>[];
  readonly #loops: readonly TargetLoop[];
  readonly #recovery: Loop;
  readonly #sweep: Loop;
  readonly #leaps: LeapWatch;
  /** Rounds of recovery in which nobody's lease is taken for lost: their holders have yet to hear of the leap. */
  #waits = 0;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#leaseTime = parts.leaseTime ?? usualLease;
    const { outbox, states, report, now, random } = parts;
    const pairs = parts.targets.map((target) => {
      const { adapter, fault } = livingAdapter(target, parts.tools(target));
      if (fault !== undefined) report.configWarning(fault);
      return { target, adapter };
    });
    this.#adapters = pairs.map(({ adapter }) => adapter);
    this.#loops = pairs.map(
      ({ target, adapter }) =>
        new TargetLoop({
          target,
          adapter,
          outbox,
          states,
          report,
          now,
          random,
          constants: parts.constants,
          leaseTime: this.#leaseTime,
          references: (claim, notes) => outbox.references(claim, notes),
        }),
    );
    this.#leaps = new LeapWatch(now);
    this.#recovery = new Loop({
      round: () => this.#look(),
      failed: (error) => report.loopFailed('lease recovery', error),
      pause: this.#leaseTime / 3,
    });
    this.#sweep = new Loop({
      round: () => this.#clean(),
      failed: (error) => report.loopFailed('lane sweep', error),
      pause: sweepEvery,
    });
  }

  async start(): Promise<void> {
    await this.#attend('the clock at start', () => this.#endLeaps());
    await this.#attend('lease recovery', () => this.#recover());
    await this.#reportMissing();
    this.#parts.database.onSignal((signal) => {
      if (signal === 'due') this.#loops.forEach((loop) => loop.wake());
    });
    // One that throws here harms no other target.
    for (const adapter of this.#adapters) await this.#attend('adapter start', async () => adapter.start?.());
    this.#loops.forEach((loop) => loop.start());
    this.#recovery.start();
    this.#sweep.start();
  }

  async stop(deadline: AbortSignal): Promise<void> {
    await Promise.all([this.#recovery.stop(), this.#sweep.stop()]);
    await Promise.all(this.#loops.map((loop) => loop.stop(deadline)));
    await endedOrOverdue(Promise.allSettled(this.#adapters.map(async (adapter) => adapter.close?.())), deadline);
  }

  /** Attempts everything that is due now, target by target; returns how many attempts that made. For tests. */
  async drain(): Promise<number> {
    const attempts = await Promise.all(this.#loops.map((loop) => loop.drain()));
    return attempts.reduce((sum, count) => sum + count, 0);
  }

  /** A start goes on when the database fails for a moment: the loops will see to it. */
  async #attend(what: string, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.#parts.report.loopFailed(what, error));
  }

  async #look(): Promise<number> {
    const leap = this.#leaps.look();
    if (leap !== 0) {
      this.#parts.report.clockLeapt(Math.round(leap / 1000));
      await this.#endLeaps();
    }
    if (leap > 0) this.#waits = leapHeardAfter;
    if (this.#waits > 0) this.#waits -= 1;
    else await this.#recover();
    return this.#leaseTime / 3;
  }

  async #endLeaps(): Promise<void> {
    const { outbox, now, targets } = this.#parts;
    await outbox.endLeaps({ now: now(), leaseTime: this.#leaseTime, targets: targets.map(({ name }) => name) });
  }

  async #recover(): Promise<void> {
    const { outbox, now, targets, report } = this.#parts;
    const decide = (name: string) => targets.find((target) => target.name === name)?.unknown ?? 'again';
    const count = await outbox.recover(now(), decide, (expired) => this.#abandoned(expired));
    if (count === 0) return;
    report.dispatch.leasesRecovered(count);
    outbox.wake();
  }

  /**
   * After a halt, or a clock that leapt, this process's own leases look run out too: whoever still holds them is not
   * gone.
   */
  async #abandoned(expired: readonly ExpiredHold[]): Promise<readonly ExpiredHold[]> {
    const own = new Set(
      (await Promise.all(this.#loops.map((loop) => loop.underWay())))
        .flat()
        .map(({ laneId, token }) => `${laneId} ${token}`),
    );
    return expired.filter(({ laneId, token }) => !own.has(`${laneId} ${token}`));
  }

  /** What was put off by another process whose clock was ahead is found here too. */
  async #clean(): Promise<number> {
    await this.#parts.outbox.sweepIdle();
    await this.#endLeaps();
    return sweepEvery;
  }

  /** A target taken out of the config with deliveries waiting holds them; somebody should know. */
  async #reportMissing(): Promise<void> {
    const known = new Set(this.#parts.targets.map((target) => target.name));
    if ((await this.#parts.outbox.owed()).every((target) => known.has(target))) return;
    const open = await this.#parts.outbox.open();
    this.#parts.report.dispatch.targetsMissing(
      open.filter(({ target, state }) => state === 'pending' && !known.has(target)),
    );
  }
}
