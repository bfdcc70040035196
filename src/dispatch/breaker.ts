import type { TargetConfig } from '../config/config.ts';
import type { BreakerState, TargetState } from '../targets/target-state.ts';

/** Closed, and nothing has failed. */
export const closed: BreakerState = { is: 'active', failures: 0 };

const second = 1000;
/** No target may hold for longer, whatever it asks for. */
const longestHold = 3_600_000;

/** After a failure to reach the target: at the limit it rests, and every failed probe doubles the rest. */
export function afterFailure(
  settings: TargetConfig['breaker'],
  state: BreakerState,
  now: number,
  probe: boolean,
): BreakerState {
  const failures = state.failures + 1;
  // What was under way when the rest began says nothing new.
  if (!probe && (state.is !== 'active' || failures < settings.after)) return { ...state, failures };
  const length = state.is === 'resting' ? Math.min(state.length * 2, settings.restMax) : settings.rest;
  return { is: 'resting', failures, until: now + length, length };
}

/** The target asked to be left alone; asking again and again makes it longer, up to `restMax`. */
export function afterHold(
  settings: TargetConfig['breaker'],
  state: BreakerState,
  now: number,
  wait: number,
  probe: boolean,
): BreakerState {
  const grown = probe && state.is === 'held' ? Math.min(state.length * 2, settings.restMax) : 0;
  const length = Math.max(wait, grown);
  // Of several that were under way the one that asks for most is heeded.
  if (!probe && state.is !== 'active' && state.until > now + length) return state;
  return { is: 'held', failures: state.failures, until: now + length, length };
}

/** Milliseconds of a hold, from what the target asked for, in seconds, or else from the schedule. */
export function holdTime(retryAfter: number | undefined, planned: number): number {
  const wanted = retryAfter === undefined || !Number.isFinite(retryAfter) ? planned : retryAfter * 1000;
  return Math.round(Math.min(Math.max(wanted, second), longestHold));
}

/**
 * `go`: as many as there is room for; `probe`: one, if no other process is quicker; `hold`: nothing. A rest that ends
 * further away than its settings allow, or than a probe takes (`timeout`), is one of a clock that was ahead: it is
 * over.
 */
export function permission(
  state: TargetState,
  now: number,
  { restMax, timeout }: { readonly restMax: number; readonly timeout: number },
): 'go' | 'probe' | 'hold' {
  switch (state.is) {
    case 'active':
      return 'go';
    case 'paused':
      return 'hold';
    case 'resting':
    case 'held': {
      const longest = Math.max(Math.min(state.length, state.is === 'held' ? longestHold : restMax), timeout);
      return now < state.until && state.until - now <= longest ? 'hold' : 'probe';
    }
  }
}
