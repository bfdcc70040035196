import { type ReactNode, useState } from 'react';
import type { CheckedTarget } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { targetLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { PauseQuestion } from './pause-question.tsx';
import { targetsWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly paused: boolean;
}

/** Hold it back, let it go on, ask it how it is. */
export function TargetActions({ name, paused }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const check = useAct<CheckedTarget>();
  const [found, setFound] = useState<CheckedTarget>();
  const [asking, setAsking] = useState(false);
  const path = `/api/targets/${encodeURIComponent(name)}`;
  const turn = paused ? 'resume' : 'pause';
  const resume = (): void =>
    act.mutate({ path: `${path}/resume` }, { onSuccess: () => tell('good', speech.say(words.resumed, { name })) });
  const pause = (reason: string): void => {
    setAsking(false);
    act.mutate(
      { path: `${path}/pause`, body: reason === '' ? {} : { reason } },
      { onSuccess: () => tell('good', speech.say(words.paused, { name })) },
    );
  };
  return (
    <>
      <div className="actions-row">
        <Act
          className={paused ? 'primary' : ''}
          busy={act.isPending}
          onClick={() => (paused ? resume() : setAsking(true))}
        >
          {speech.say(words[turn])}
          {!paused && '…'}
        </Act>
        <Act busy={check.isPending} onClick={() => check.mutate({ path: `${path}/check` }, { onSuccess: setFound })}>
          {speech.say(check.isPending ? words.checking : words.check)}
        </Act>
        <Command line={targetLine(name, turn)} />
      </div>
      {asking && <PauseQuestion name={name} onYes={pause} onNo={() => setAsking(false)} />}
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
