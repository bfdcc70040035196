import type { TargetConfig } from '../config.ts';
import type { TargetState } from '../outbox/target-state.ts';

type BreakerState = Omit<TargetState, 'pausedAt'>;

/** Closed, and nothing has failed. */
export const closed: BreakerState = { failures: 0, restingUntil: null, rest: 0 };

/** After a failure to reach the target: at the limit it rests, and every failed probe doubles the rest. */
export function afterFailure(settings: TargetConfig['breaker'], state: BreakerState, now: number): BreakerState {
  const failures = state.failures + 1;
  if (state.restingUntil !== null && now < state.restingUntil) return { ...state, failures };
  if (failures < settings.after) return { ...state, failures };
  const rest = state.rest === 0 ? settings.rest : Math.min(state.rest * 2, settings.restMax);
  return { failures, restingUntil: now + rest, rest };
}

/** How many deliveries may be attempted now: none while it rests, one probe after a rest, else as many as there is room for. */
export function allowance(state: TargetState, now: number, room: number, running: number): number {
  if (state.pausedAt !== null) return 0;
  if (state.restingUntil === null) return room;
  if (now < state.restingUntil) return 0;
  return running > 0 ? 0 : Math.min(room, 1);
}
