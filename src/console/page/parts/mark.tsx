import type { ReactNode } from 'react';
import { type StateName, stateWords } from '../../../words/states.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { tones } from '../words/states.ts';

/** A state: its colour, its shape and its word. */
export function Mark({ state, children }: { readonly state: StateName; readonly children?: ReactNode }): ReactNode {
  const { speech } = useSpeech();
  return (
    <span className="mark" data-tone={tones[state]} data-state={state}>
      <i aria-hidden="true" />
      <span>
        {speech.say(stateWords[state])}
        {children}
      </span>
    </span>
  );
}
