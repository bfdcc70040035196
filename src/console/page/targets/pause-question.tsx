import { type FormEvent, type ReactNode, useState } from 'react';
import { AskFirst } from '../parts/ask-first.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { targetsWords as words } from './words.ts';

/** Characters of a reason that the service keeps. */
const longestReason = 500;

interface Props {
  readonly name: string;
  readonly onYes: (reason: string) => void;
  readonly onNo: () => void;
}

/** Why it is held back is what the next one asks; nobody has to say it. */
export function PauseQuestion({ name, onYes, onNo }: Props): ReactNode {
  const { speech } = useSpeech();
  const [reason, setReason] = useState('');
  const yes = (): void => onYes(reason.trim());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    yes();
  };
  return (
    <AskFirst
      title={speech.say(words.pauseTitle, { name })}
      yes={speech.say(words.pauseYes)}
      asksWords
      onYes={yes}
      onNo={onNo}
    >
      <p>{speech.say(words.pauseWhat)}</p>
      <form onSubmit={submit}>
        <label className="field">
          <span>{speech.say(words.pauseWhy)}</span>
          <input
            name="reason"
            autoFocus
            maxLength={longestReason}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
      </form>
    </AskFirst>
  );
}
