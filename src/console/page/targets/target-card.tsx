import type { ReactNode } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { ShownTarget } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { tones } from '../words/states.ts';
import { TargetActions } from './target-actions.tsx';
import { TargetFlow } from './target-flow.tsx';
import { targetsWords as words } from './words.ts';

interface Props {
  readonly target: ShownTarget;
  readonly me: Me | undefined;
}

export function TargetCard({ target, me }: Props): ReactNode {
  const { speech } = useSpeech();
  const { name, adapter, state, pending, dead, attention, holds } = target;
  const figures = [
    { name: words.waiting, n: pending, query: { target: name, state: 'pending' } },
    { name: words.dead, n: dead, query: { target: name, state: 'dead' } },
  ];
  return (
    <li className="target" data-tone={tones[state]}>
      <div className="target-head">
        <h2>{name}</h2>
        <span className="faint">{adapter}</span>
        <Mark state={state} />
      </div>
      <ul className="target-figures">
        {figures.map(({ name: figure, n, query }) => (
          <li key={figure.en} data-none={n === 0}>
            <Go to={addressOf('deliveries', undefined, query)}>
              <b>{speech.many(n)}</b> {speech.say(figure)}
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

/** Whoever comes back to a target that stands still asks who stopped it, when and why. */
function PausedBy({ target: { pausedAt, pausedBy, pausedReason } }: { readonly target: ShownTarget }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  if (pausedAt === null) return null;
  const time = times.brief(pausedAt, now);
  const said = pausedBy === null ? words.pausedSince : words.pausedBy;
  return (
    <p className="target-note">
      {speech.say(said, { time, who: pausedBy ?? '' })}
      {pausedReason !== null && <q>{pausedReason}</q>}
    </p>
  );
}
