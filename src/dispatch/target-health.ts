import type { Report } from '../report/report.ts';
import { type BreakerState, type KnownTarget, type TargetStates, untroubled } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
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

  constructor(parts: TargetHealthParts) {
    this.#parts = parts;
  }

  see(known: KnownTarget): void {
    this.#known = known;
  }

  /** Milliseconds since 1970; 0: it does not rest. */
  get restsUntil(): number {
    const { state } = this.#known;
    return state.is === 'resting' || state.is === 'held' ? state.until : 0;
  }

  async remember(verdict: Verdict, probe: boolean): Promise<void> {
    const { target, states, now, report } = this.#parts;
    const named = verdict.target === 'held' ? verdict.name : undefined;
    if (verdict.target === 'held' && named !== undefined) {
      await states.hold(target.name, named, now(), verdict.wait);
      report.nameHeld(target.name, verdict.wait);
    }
    const before = this.#known.state;
    if (before.is === 'paused') return;
    const after = this.#after(named === undefined ? verdict : { target: 'reached' }, before, probe);
    if (after.is === 'active' && before.is === 'active' && after.failures === before.failures) return;
    if (after === before) return;
    // Changed before the first wait, so that failures that end together are all counted.
    this.#known = { ...this.#known, state: after };
    await states.save(target.name, after);
    this.#tell(before, after);
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

  #tell(before: BreakerState, after: BreakerState): void {
    const { target, report } = this.#parts;
    if (after.is === 'active') {
      if (before.is !== 'active') report.targetBack(target.name);
      return;
    }
    // A hold that goes on has been told when it began.
    if (before.is === 'held' && after.is === 'held') return;
    if (before.is !== 'active' && before.until === after.until) return;
    if (after.is === 'held') report.targetHeld(target.name, after.length);
    else report.targetResting(target.name, after.failures, after.length);
  }
}
