import type { ReactNode } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';

/** An instant in the configured zone. */
export function When({ at }: { readonly at: string | null }): ReactNode {
  const { times } = useSpeech();
  const now = useNow(60_000);
  if (at === null) return null;
  return (
    <time dateTime={at} title={`${times.full(at)} ${times.zone}`}>
      {times.brief(at, now)}
    </time>
  );
}

/** How long ago it was: what waits is read by its age. */
export function Age({ since }: { readonly since: string | null }): ReactNode {
  const { times } = useSpeech();
  const now = useNow(10_000);
  if (since === null) return null;
  return (
    <time dateTime={since} title={`${times.full(since)} ${times.zone}`}>
      {times.span(now - Date.parse(since))}
    </time>
  );
}
