import type { ReactNode } from 'react';
import type { ShownTarget } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { targetsWords as words } from './words.ts';

/** Whoever comes to a target that stands still asks who stopped it, when and why. */
export function PausedBy({
  target: { pausedAt, pausedBy, pausedReason },
}: {
  readonly target: ShownTarget;
}): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  if (pausedAt === null) return null;
  const time = times.brief(pausedAt, now);
  const said = pausedBy === null ? words.pausedSince : words.pausedBy;
  return (
    <p className="target-note">
      {speech.say(said, { time, who: pausedBy ?? '' })}
      {pausedReason !== null && <q>{pausedReason}</q>}
    </p>
  );
}
