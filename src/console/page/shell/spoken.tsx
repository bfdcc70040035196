import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../../text.ts';
import { Times } from '../time/times.ts';
import { Speech } from '../words/speech.ts';
import { kept, keep } from './kept.ts';
import { SpeechContext } from './speech-context.ts';

const { language: asked = 'en', zone = 'UTC' } = document.documentElement.dataset;

function isLanguage(word: string | undefined): word is Language {
  return word === 'ru' || word === 'en';
}

/** The language by choice, else as the browser asks the service for it. */
export function SpokenIn({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => {
    const chosen = kept('language') ?? asked;
    return isLanguage(chosen) ? chosen : 'en';
  });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(
    () => ({
      speech: new Speech(language),
      times: new Times(zone, language),
      choose: (next: Language) => {
        keep('language', next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <SpeechContext value={spoken}>{children}</SpeechContext>;
}
