import type { Overview } from '../api/answers.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { overviewWords as words, standing } from './words.ts';

export interface DaySentence {
  readonly tone: 'good' | 'warn' | 'bad';
  /** What matters first, said large. */
  readonly first: string;
  readonly rest: readonly string[];
}

type Seen = Pick<Overview, 'dead' | 'blocked' | 'oldestAt' | 'targets' | 'intake'>;

/** What an operator opens the page for: whether anybody stands still, since when, and what does not answer. */
export function daySentence(seen: Seen, speech: Speech, times: Times, now: number): DaySentence {
  const named = (state: string) =>
    seen.targets
      .filter((target) => target.state === state)
      .map(({ name }) => name)
      .join(', ');
  const [resting, paused] = [named('resting'), named('paused')];
  const troubles = [
    ...(resting === '' ? [] : [speech.say(words.resting, { names: resting })]),
    ...(paused === '' ? [] : [speech.say(words.paused, { names: paused })]),
  ];
  const age =
    seen.oldestAt === null ? [] : [speech.say(words.oldest, { span: times.span(now - Date.parse(seen.oldestAt)) })];
  const still = seen.dead + seen.blocked;
  if (still > 0)
    return {
      tone: 'bad',
      first: speech.upTo(standing, still),
      rest: [...age, ...(troubles.length > 0 ? troubles : [speech.say(words.restFlows)])],
    };
  const [first, ...rest] = troubles;
  if (first !== undefined) return { tone: 'warn', first, rest: [...rest, ...age] };
  if (seen.intake.lastAt === null) return { tone: 'good', first: speech.say(words.nothingYet), rest: [] };
  return { tone: 'good', first: speech.say(words.flows), rest: [] };
}
