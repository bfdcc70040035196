import type { ReactNode } from 'react';
import { type Me, may } from '../account/me.ts';
import type { KeptDraft, List } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { mappingsWords as words } from './words.ts';

interface Props {
  readonly mapping: string | null;
  readonly me: Me | undefined;
}

/** That the reader has begun to change it: nobody else sees his draft. */
export function DraftMark({ mapping, me }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  const { data } = useAnswer<List<KeptDraft>>('/api/drafts', { wanted: may(me, 'author') });
  const draft = data?.items.find((each) => each.mapping === mapping);
  if (draft === undefined) return null;
  return (
    <span className="mark" data-tone="warn">
      <i aria-hidden="true" />
      {speech.say(words.draft, { time: times.brief(draft.savedAt, now) })}
    </span>
  );
}
