import type { ReactNode } from 'react';
import type { ShownTarget } from '../api/answers.ts';
import { Age, When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { targetsWords as words } from './words.ts';

/** How it goes there: when it took something last, how long that takes, what comes next. */
export function TargetFlow({ target }: { readonly target: ShownTarget }): ReactNode {
  const { speech, times } = useSpeech();
  const { lastDeliveredAt, p95, nextTryAt, restingUntil, oldestAt } = target;
  const facts = [
    { name: words.last, value: lastDeliveredAt === null ? speech.say(words.never) : <When at={lastDeliveredAt} /> },
    { name: words.p95, value: p95 === null ? null : times.length(p95) },
    { name: words.oldest, value: oldestAt === null ? null : <Age since={oldestAt} /> },
    { name: words.next, value: nextTryAt === null ? null : <When at={nextTryAt} /> },
    { name: words.until, value: restingUntil === null ? null : <When at={restingUntil} /> },
  ];
  return (
    <dl className="target-flow">
      {facts
        .filter(({ value }) => value !== null)
        .map(({ name, value }) => (
          <div key={name.en}>
            <dt>{speech.say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
