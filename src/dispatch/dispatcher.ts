import type { Adapter, AdapterTools } from '../adapter.ts';
import type { Database } from '../database/database.ts';
import { usualLease } from '../database/lease.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ExpiredHold } from '../outbox/settle/recover.ts';
import { KeptReferences } from '../outbox/references.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { Report } from '../report/report.ts';
import { createAdapter, type Target } from '../targets/target.ts';
import { endedOrOverdue } from './overdue.ts';
import { TargetLoop } from './target-loop.ts';

export interface DispatcherParts {
  readonly targets: readonly Target[];
  readonly tools: (target: Target) => AdapterTools;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  readonly report: Report;
  readonly now: () => number;
  readonly random: () => number;
  /** Milliseconds. */
  readonly leaseTime?: number;
}

const sweepEvery = 60_000;

/** Gives each target a loop of its own and looks after what processes that died have left. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #leaseTime: number;
  readonly #adapters: readonly Adapter<never>[];
  readonly #loops: readonly TargetLoop[];
  #timers: NodeJS.Timeout[] = [];

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#leaseTime = parts.leaseTime ?? usualLease;
    const { outbox, states, report, database, now, random } = parts;
    const pairs = parts.targets.map((target) => ({ target, adapter: createAdapter(target, parts.tools(target)) }));
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
          leaseTime: this.#leaseTime,
          references: (scope) => new KeptReferences(database, target.name, scope),
        }),
    );
  }

  async start(): Promise<void> {
    await this.#recover();
    await this.#reportMissing();
    this.#parts.database.onSignal((signal) => {
      if (signal === 'due') this.#loops.forEach((loop) => loop.wake());
    });
    this.#loops.forEach((loop) => loop.start());
    this.#timers = [
      setInterval(() => void this.#recover(), this.#leaseTime / 3),
      setInterval(() => void this.#sweep(), sweepEvery),
    ];
  }

  async stop(deadline: AbortSignal): Promise<void> {
    this.#timers.forEach(clearInterval);
    await Promise.all(this.#loops.map((loop) => loop.stop(deadline)));
    await endedOrOverdue(Promise.allSettled(this.#adapters.map(async (adapter) => adapter.close?.())), deadline);
  }

  /** Attempts everything that is due now, target by target; returns how many attempts that made. For tests. */
  async drain(): Promise<number> {
    const attempts = await Promise.all(this.#loops.map((loop) => loop.drain()));
    return attempts.reduce((sum, count) => sum + count, 0);
  }

  async #recover(): Promise<void> {
    try {
      const decide = (name: string) => this.#parts.targets.find((target) => target.name === name)?.unknown ?? 'again';
      const count = await this.#parts.outbox.recover(this.#parts.now(), decide, (expired) => this.#abandoned(expired));
      if (count > 0) {
        this.#parts.report.leasesRecovered(count);
        this.#parts.outbox.wake();
      }
    } catch (error) {
      this.#parts.report.loopFailed('lease recovery', error);
    }
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

  async #sweep(): Promise<void> {
    await this.#parts.outbox.sweepIdle().catch((error: unknown) => this.#parts.report.loopFailed('lane sweep', error));
  }

  /** A target taken out of the config with deliveries waiting holds them; somebody should know. */
  async #reportMissing(): Promise<void> {
    const known = new Set(this.#parts.targets.map((target) => target.name));
    if ((await this.#parts.outbox.owed()).every((target) => known.has(target))) return;
    const open = await this.#parts.outbox.open();
    this.#parts.report.targetsMissing(open.filter(({ target, state }) => state === 'pending' && !known.has(target)));
  }
}
