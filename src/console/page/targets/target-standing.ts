import type { ShownTarget } from '../api/answers.ts';
import { stateWords } from '../../../words/states.ts';
import type { Text } from '../../../text.ts';
import { type Tone, tones } from '../words/states.ts';
import { targetsWords as words } from './words.ts';

export interface TargetStanding {
  readonly tone: Tone;
  readonly word: Text;
}

type Seen = Pick<ShownTarget, 'state' | 'pending' | 'dead' | 'nextTryAt'>;

/** How a target is, seen by what is owed to it: one that stops deliveries or lets them wait does not simply work. */
export function targetStanding({ state, pending, dead, nextTryAt }: Seen, now: number): TargetStanding {
  if (state !== 'active')
    return { tone: dead > 0 && tones[state] !== 'bad' ? 'warn' : tones[state], word: stateWords[state] };
  // What is tried for the first time is due at once: what waits for a time has failed before.
  if (pending > 0 && nextTryAt !== null && Date.parse(nextTryAt) > now) return { tone: 'warn', word: words.failing };
  return dead > 0 ? { tone: 'bad', word: words.refuses } : { tone: tones.active, word: stateWords.active };
}
