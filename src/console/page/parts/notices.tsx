import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { Icon } from './icon.tsx';

interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: ReactNode;
  /** What it is about: a later one of the same takes its place. */
  readonly of: string | undefined;
}

type Tell = (tone: Notice['tone'], text: ReactNode, of?: string) => void;

const NoticesContext = createContext<Tell>(() => undefined);

/** Tells what came of an action: read aloud, gone after a while unless it is bad. */
export function useTell(): Tell {
  return useContext(NoticesContext);
}

const shownFor = 6000;

export function Notices({ children }: { readonly children: ReactNode }): ReactNode {
  const { speech } = useSpeech();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const last = useRef(0);
  const drop = useCallback((id: number) => setNotices((before) => before.filter((each) => each.id !== id)), []);
  const tell = useCallback<Tell>(
    (tone, text, of) => {
      last.current += 1;
      const id = last.current;
      const others = (before: readonly Notice[]) =>
        before.filter((each) => of === undefined || each.of !== of).slice(-3);
      setNotices((before) => [...others(before), { id, tone, text, of }]);
      if (tone === 'good') setTimeout(() => drop(id), shownFor);
    },
    [drop],
  );
  const shown = useMemo(
    () =>
      notices.map(({ id, tone, text }) => (
        <li key={id} data-tone={tone}>
          <span>{text}</span>
          <button type="button" className="quiet" aria-label={speech.say(words.close)} onClick={() => drop(id)}>
            <Icon of="close" />
          </button>
        </li>
      )),
    [notices, speech, drop],
  );
  return (
    <NoticesContext value={tell}>
      {children}
      <ul className="notices" role="status" aria-live="polite">
        {shown}
      </ul>
    </NoticesContext>
  );
}
