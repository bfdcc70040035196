import type { Text } from '../../../text.ts';
import { stateWords } from '../../../words/states.ts';
import type { ShownTarget } from '../api/answers.ts';
import type { Tone } from '../words/states.ts';
import { targetsWords as words } from './words.ts';

interface TargetStanding {
  readonly tone: Tone;
  readonly word: Text;
}

const standings = {
  works: { tone: 'good', word: stateWords.active },
  stuck: { tone: 'bad', word: words.refuses },
  unreachable: { tone: 'bad', word: words.unreachable },
  held: { tone: 'warn', word: stateWords.held },
  paused: { tone: 'warn', word: stateWords.paused },
  removed: { tone: 'bad', word: stateWords.removed },
} as const satisfies Readonly<Record<ShownTarget['condition'], TargetStanding>>;

/** How a target is, in one word and its colour, the same in every place. */
export function targetStanding({ condition }: Pick<ShownTarget, 'condition'>): TargetStanding {
  return standings[condition];
}
