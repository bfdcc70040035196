import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { ask, Refusal } from './ask.ts';

interface Act {
  readonly path: string;
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
}

/** Asks the service to change something; what it refuses is told in its words, and everything shown is read anew. */
export function useAct<Answer = unknown>(): UseMutationResult<Answer, Error, Act> {
  const { speech } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method = 'POST', body }: Act) =>
      ask<Answer>(path, { method, body, language: speech.language }),
    onError: (error) => tell('bad', speech.say(error instanceof Refusal ? error.text : words.noAnswer)),
    onSettled: () => client.invalidateQueries(),
  });
}
