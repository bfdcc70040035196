import { createContext, useContext } from 'react';
import type { Language } from '../../../text.ts';
import { Times } from '../time/times.ts';
import { Speech } from '../words/speech.ts';

/** How the page speaks, and in which zone it writes times. */
export interface Spoken {
  readonly speech: Speech;
  readonly times: Times;
  readonly choose: (language: Language) => void;
}

export const SpeechContext = createContext<Spoken>({
  speech: new Speech('en'),
  times: new Times('UTC', 'en'),
  choose: () => undefined,
});

export function useSpeech(): Spoken {
  return useContext(SpeechContext);
}
