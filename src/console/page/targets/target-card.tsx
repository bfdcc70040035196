import type { ReactNode } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { ShownTarget } from '../api/answers.ts';
import { overviewWords } from '../overview/words.ts';
import { Go } from '../parts/go.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { TargetActions } from './target-actions.tsx';
import { PausedBy } from './paused-by.tsx';
import { TargetFlow } from './target-flow.tsx';
import { TargetMark } from './target-mark.tsx';
import { targetStanding } from './target-standing.ts';
import { targetsWords as words } from './words.ts';

interface Props {
  readonly target: ShownTarget;
  readonly me: Me | undefined;
}

export function TargetCard({ target, me }: Props): ReactNode {
  const { speech } = useSpeech();
  const { name, adapter, state, pending, dead, attention, holds } = target;
  const figures = [
    { name: overviewWords.waits, n: pending, query: { target: name, state: 'pending' } },
    { name: overviewWords.dead, n: dead, query: { target: name, state: 'dead' } },
  ];
  return (
    <li className="target" data-tone={targetStanding(target).tone}>
      <div className="target-head">
        <h2>
          <Go to={addressOf('targets', name)}>{name}</Go>
        </h2>
        <span className="faint">{adapter}</span>
        <TargetMark target={target} />
      </div>
      <ul className="target-figures">
        {figures.map(({ name: figure, n, query }) => (
          <li key={query.state} data-none={n === 0}>
            <Go to={addressOf('deliveries', undefined, query)}>
              <b>{speech.many(n)}</b> {speech.upTo(figure, n)}
            </Go>
          </li>
        ))}
        <li data-none={attention === 0}>
          <Go to={addressOf('attention')}>
            <b>{speech.many(attention)}</b> {speech.say(words.attention)}
          </Go>
        </li>
      </ul>
      <PausedBy target={target} />
      <TargetFlow target={target} />
      {holds.length > 0 && (
        <p className="faint">{speech.say(words.holds, { names: holds.map((hold) => hold.name).join(', ') })}</p>
      )}
      {may(me, 'operator') && adapter !== null && <TargetActions name={name} paused={state === 'paused'} />}
    </li>
  );
}
