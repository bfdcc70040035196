import type { Report } from '../report/report.ts';
import { type BreakerState, type KnownTarget, type TargetStates, untroubled } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import type { Text } from '../text.ts';
import { afterFailure, afterHold, closed } from './breaker.ts';
import type { Verdict } from './failure.ts';

export interface TargetHealthParts {
  readonly target: Target;
  readonly states: TargetStates;
  readonly report: Report;
  readonly now: () => number;
}

/** What this process knows of a target, and what its attempts add to that. */
export class TargetHealth {
  readonly #parts: TargetHealthParts;
  /** As last read or changed here; other processes are heard at the next claim. */
  #known: KnownTarget = untroubled;
  /** Begins and ends of savings: a reading that one of them fell into may be older than what is known here. */
  #changes = 0;
  #saving = 0;

  constructor(parts: TargetHealthParts) {
    this.#parts = parts;
  }

  /** Reads what other processes have learned; what this one learns meanwhile counts for more, unless a person pauses. */
  async look(): Promise<KnownTarget> {
    const { target, states } = this.#parts;
    const changes = this.#changes;
    const read = await states.find(target.name);
    const isNewer = read.state.is === 'paused' || (this.#saving === 0 && changes === this.#changes);
    this.#known = isNewer ? read : { ...read, state: this.#known.state };
    return this.#known;
  }

  /** Milliseconds since 1970; 0: it does not rest. */
  get restsUntil(): number {
    const { state } = this.#known;
    return state.is === 'resting' || state.is === 'held' ? state.until : 0;
  }

  /** `why`: what the attempt ended with. */
  async remember(verdict: Verdict, probe: boolean, why: Text | null): Promise<void> {
    const { target, states, now, report } = this.#parts;
    const named = verdict.target === 'held' ? verdict.name : undefined;
    if (verdict.target === 'held' && named !== undefined) {
      await states.hold(target.name, named, now(), verdict.wait);
      report.dispatch.nameHeld(target.name, verdict.wait);
    }
    const before = this.#known.state;
    if (before.is === 'paused') return;
    const after = this.#after(named === undefined ? verdict : { target: 'reached' }, before, probe);
    if (after.is === 'active' && before.is === 'active' && after.failures === before.failures) return;
    if (after === before) return;
    // Changed before the first wait, so that failures that end together are all counted.
    this.#known = { ...this.#known, state: after };
    await this.#save(after);
    this.#tell(before, after, why);
  }

  async #save(state: BreakerState): Promise<void> {
    const { target, states, now } = this.#parts;
    this.#changes += 1;
    this.#saving += 1;
    try {
      await states.save(target.name, state, now());
    } finally {
      this.#changes += 1;
      this.#saving -= 1;
    }
  }

  #after(verdict: Verdict, before: BreakerState, probe: boolean): BreakerState {
    const { target, now } = this.#parts;
    const { breaker } = target.config;
    switch (verdict.target) {
      case 'reached':
        // What was under way when it asked to be left alone does not take that back.
        return before.is === 'held' && !probe ? before : closed;
      case 'unreached':
        return afterFailure(breaker, before, now(), probe);
      case 'held':
        return afterHold(breaker, before, now(), verdict.wait, probe);
    }
  }

  #tell(before: BreakerState, after: BreakerState, why: Text | null): void {
    const { target, report } = this.#parts;
    if (after.is === 'active') {
      if (before.is !== 'active') report.dispatch.targetBack(target.name);
      return;
    }
    // A hold that goes on has been told when it began.
    if (before.is === 'held' && after.is === 'held') return;
    if (before.is !== 'active' && before.until === after.until) return;
    if (after.is === 'held') report.dispatch.targetHeld(target.name, after.length, why);
    else report.dispatch.targetResting(target.name, after.failures, after.length);
  }
}
