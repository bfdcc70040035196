import { type ReactNode, useState } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';

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
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  };
  return (
    <button type="button" className="quiet" onClick={copy}>
      {speech.say(copied ? words.copied : words.copy)}
    </button>
  );
}
