import type { TargetConfig } from '../config/config.ts';
import type { TargetState } from '../targets/target-state.ts';

type BreakerState = Omit<TargetState, 'pausedAt'>;

/** Closed, and nothing has failed. */
export const closed: BreakerState = { failures: 0, restingUntil: null, rest: 0 };

/** After a failure to reach the target: at the limit it rests, and every failed probe doubles the rest. */
export function afterFailure(
  settings: TargetConfig['breaker'],
  state: BreakerState,
  now: number,
  probe: boolean,
): BreakerState {
  const failures = state.failures + 1;
  // What was under way when the rest began says nothing new.
  if (!probe && (state.restingUntil !== null || failures < settings.after)) return { ...state, failures };
  const rest = state.rest === 0 ? settings.rest : Math.min(state.rest * 2, settings.restMax);
  return { failures, restingUntil: now + rest, rest };
}

/** `go`: as many as there is room for; `probe`: one, if no other process is quicker; `hold`: nothing. */
export function permission(state: TargetState, now: number): 'go' | 'probe' | 'hold' {
  if (state.pausedAt !== null) return 'hold';
  if (state.restingUntil === null) return 'go';
  return now < state.restingUntil ? 'hold' : 'probe';
}
