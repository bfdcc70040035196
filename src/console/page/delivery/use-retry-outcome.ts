import { useEffect, useState } from 'react';
import type { DeliveryDetail } from '../api/answers.ts';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { markOf, outcomeOf } from './tried-again.ts';

/** The notice of a delivery's retry, in whose place its outcome comes. */
export function noticeOf(id: number): string {
  return `retry ${id}`;
}

/** Whoever pressed "retry" hears what came of it. What is answered begins the watch. */
export function useRetryOutcome(delivery: DeliveryDetail): () => void {
  const { speech, times } = useSpeech();
  const tell = useTell();
  const [before, setBefore] = useState<string>();
  const outcome = before === undefined ? undefined : outcomeOf(delivery, before, speech, times, Date.now());
  useEffect(() => {
    if (outcome === undefined) return;
    tell(outcome.tone, outcome.said, noticeOf(delivery.id));
    setBefore(undefined);
  }, [outcome, tell, delivery.id]);
  return () => setBefore(markOf(delivery));
}
