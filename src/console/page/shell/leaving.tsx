import { type ReactNode, useSyncExternalStore } from 'react';
import { journey } from '../address/use-place.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useSpeech } from './speech-context.ts';
import { shellWords as words } from './words.ts';

/** What is typed and not sent would be gone: whoever goes on says so. */
export function Leaving(): ReactNode {
  const { speech } = useSpeech();
  const asked = useSyncExternalStore(journey.hear, () => journey.isAsked);
  if (!asked) return null;
  return (
    <AskFirst
      title={speech.say(words.leaveTitle)}
      yes={speech.say(words.leaveYes)}
      no={speech.say(words.leaveNo)}
      dangerous
      onYes={() => journey.leave()}
      onNo={() => journey.remain()}
    >
      <p>{speech.say(words.leaveWhat)}</p>
    </AskFirst>
  );
}
