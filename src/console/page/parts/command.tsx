import type { ReactNode } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { useCopy } from './use-copy.ts';

/** The command that does in a terminal what stands beside it. */
export function Command({ line }: { readonly line: string }): ReactNode {
  const { speech } = useSpeech();
  return (
    <details className="command">
      <summary>{speech.say(words.terminal)}</summary>
      <div>
        <code>{line}</code>
        <Copy text={line} />
      </div>
    </details>
  );
}

function Copy({ text }: { readonly text: string }): ReactNode {
  const { speech } = useSpeech();
  const copy = useCopy();
  return (
    <button type="button" className="quiet" onClick={() => copy(text, words.copied)}>
      {speech.say(words.copy)}
    </button>
  );
}
