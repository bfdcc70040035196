import { isStateName, type StateName } from '../../../words/states.ts';

export type Tone = 'good' | 'wait' | 'busy' | 'warn' | 'bad' | 'rest';

/** How a state looks: its colour stands beside its word, never alone. */
export const tones = {
  pending: 'wait',
  blocked: 'warn',
  sending: 'busy',
  delivered: 'good',
  attention: 'warn',
  dead: 'bad',
  cancelled: 'rest',
  retry: 'wait',
  unknown: 'warn',
  received: 'busy',
  mapped: 'good',
  skipped: 'rest',
  failed: 'bad',
  quarantined: 'warn',
  active: 'good',
  resting: 'warn',
  held: 'warn',
  paused: 'rest',
  removed: 'bad',
  previewed: 'wait',
  running: 'busy',
  done: 'good',
  aborted: 'rest',
  left: 'wait',
  same: 'rest',
  changed: 'warn',
  new: 'busy',
} as const satisfies Readonly<Record<StateName, Tone>>;

interface Standing {
  readonly state: string;
  readonly blocked: boolean;
  readonly attention: boolean;
}

/** The one word that a list shows for a delivery. */
export function standingOf({ state, blocked, attention }: Standing): StateName {
  if (state === 'pending' && blocked) return 'blocked';
  if (state === 'delivered' && attention) return 'attention';
  return isStateName(state) ? state : 'unknown';
}
