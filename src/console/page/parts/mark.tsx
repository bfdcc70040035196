import type { ReactNode } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { looks, type StateName } from '../words/states.ts';

/** A state: its colour, its shape and its word. */
export function Mark({ state, children }: { readonly state: StateName; readonly children?: ReactNode }): ReactNode {
  const { speech } = useSpeech();
  const { tone, word } = looks[state];
  return (
    <span className="mark" data-tone={tone} data-state={state}>
      <i aria-hidden="true" />
      <span>
        {speech.say(word)}
        {children}
      </span>
    </span>
  );
}
