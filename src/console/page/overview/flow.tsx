import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { ShownOverview, ShownTarget } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Age } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { TargetMark } from '../targets/target-mark.tsx';
import { targetStanding } from '../targets/target-standing.ts';
import { overviewWords as words } from './words.ts';

/** Height of a target's row in the drawing. */
const step = 56;

/** The road as it is: one way in, a branch to each target, broken where nothing gets through. */
export function Flow({ seen }: { readonly seen: ShownOverview }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(10_000);
  const { lastAt } = seen.intake;
  const height = Math.max(1, seen.targets.length) * step;
  return (
    <section aria-labelledby="flow">
      <h2 id="flow">{speech.say(words.road)}</h2>
      <div className="flow">
        <div className="flow-source">
          <b>{speech.say(words.intake)}</b>
          <span>
            {lastAt === null
              ? speech.say(words.noWebhook)
              : `${speech.say(words.lastWebhook)} ${speech.say(words.ago, { span: times.span(now - Date.parse(lastAt)) })}`}
          </span>
        </div>
        <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {seen.targets.map((target, row) => (
            <path
              key={target.name}
              data-tone={targetStanding(target).tone}
              d={`M0 ${height / 2} C 45 ${height / 2}, 50 ${row * step + step / 2}, 100 ${row * step + step / 2}`}
            />
          ))}
        </svg>
        <ul className="flow-targets">
          {seen.targets.map((target) => (
            <FlowTarget key={target.name} target={target} now={now} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function FlowTarget({ target, now }: { readonly target: ShownTarget; readonly now: number }): ReactNode {
  const { speech, times } = useSpeech();
  const { name, pending, dead, oldestAt, nextTryAt } = target;
  const waitsUntil = pending > 0 && nextTryAt !== null && Date.parse(nextTryAt) > now ? nextTryAt : undefined;
  return (
    <li data-tone={targetStanding(target).tone}>
      <Go to={addressOf('targets', name)} className="flow-name">
        {name}
      </Go>
      <TargetMark target={target} />
      <span className="flow-owed">
        {waitsUntil !== undefined && <span>{speech.say(words.nextTry, { time: times.brief(waitsUntil, now) })}</span>}
        {pending > 0 && (
          <Go to={addressOf('deliveries', undefined, { target: name, state: 'pending' })}>
            {speech.say(words.owed, { n: speech.many(pending) })} <Age since={oldestAt} />
          </Go>
        )}
        {dead > 0 && (
          <Go to={addressOf('deliveries', undefined, { target: name, state: 'dead' })} data-tone="bad">
            {speech.many(dead)} {speech.upTo(words.dead, dead)}
          </Go>
        )}
      </span>
    </li>
  );
}
