import { type ReactNode, useState } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { CheckedTarget, ShownTarget } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { tones } from '../words/states.ts';
import { targetsWords as words } from './words.ts';

interface Props {
  readonly target: ShownTarget;
  readonly me: Me | undefined;
}

export function TargetCard({ target, me }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(10_000);
  const { name, adapter, state, pending, dead, attention, oldestAt, restingUntil, pausedAt, holds } = target;
  const notes = [
    ...(oldestAt === null ? [] : [speech.say(words.oldest, { span: times.span(now - Date.parse(oldestAt)) })]),
    ...(restingUntil === null ? [] : [speech.say(words.until, { time: times.brief(restingUntil, now) })]),
    ...(pausedAt === null ? [] : [speech.say(words.pausedSince, { time: times.brief(pausedAt, now) })]),
    ...(holds.length === 0 ? [] : [speech.say(words.holds, { names: holds.map((hold) => hold.name).join(', ') })]),
  ];
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
      {notes.length > 0 && <p className="faint">{notes.join(' · ')}</p>}
      {may(me, 'operator') && adapter !== null && <TargetActions name={name} paused={state === 'paused'} />}
    </li>
  );
}

function TargetActions({ name, paused }: { readonly name: string; readonly paused: boolean }): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const check = useAct<CheckedTarget>();
  const [found, setFound] = useState<CheckedTarget>();
  const path = `/api/targets/${encodeURIComponent(name)}`;
  const turn = paused ? 'resume' : 'pause';
  return (
    <>
      <div className="actions-row">
        <Act
          className={paused ? 'primary' : ''}
          busy={act.isPending}
          onClick={() =>
            act.mutate(
              { path: `${path}/${turn}` },
              { onSuccess: () => tell('good', speech.say(paused ? words.resumed : words.paused, { name })) },
            )
          }
        >
          {speech.say(words[turn])}
        </Act>
        <Act busy={check.isPending} onClick={() => check.mutate({ path: `${path}/check` }, { onSuccess: setFound })}>
          {speech.say(check.isPending ? words.checking : words.check)}
        </Act>
        <Command line={`npx huntflow-connector targets ${turn} ${name}`} />
      </div>
      {found !== undefined && <Found found={found} />}
    </>
  );
}

const levels = { error: 'bad', warning: 'warn', info: 'wait' } as const;

function Found({ found: { findings } }: { readonly found: CheckedTarget }): ReactNode {
  const { speech } = useSpeech();
  if (findings.length === 0)
    return (
      <p role="status" data-tone="good" className="checked">
        {speech.say(words.checkedWell)}
      </p>
    );
  return (
    <ul className="checked" role="status" aria-label={speech.say(words.found)}>
      {findings.map(({ level, text, mapping, field }) => (
        <li key={`${mapping ?? ''} ${field ?? ''} ${text}`} data-tone={levels[level]}>
          <b>{speech.say(words[level])}</b> {text}
          {mapping !== null && (
            <span className="faint">
              {' '}
              {mapping} {field}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
