import type { ReactNode } from 'react';
import type { ShownTarget } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { targetStanding } from './target-standing.ts';

export function TargetMark({ target }: { readonly target: ShownTarget }): ReactNode {
  const { speech } = useSpeech();
  const { tone, word } = targetStanding(target);
  return (
    <span className="mark" data-tone={tone} data-state={target.state}>
      <i aria-hidden="true" />
      <span>{speech.say(word)}</span>
    </span>
  );
}
