import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { Text } from '../../../text.ts';
import { useTell } from '../parts/notices.tsx';
import { useAway } from '../shell/away.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { ask, Refusal, Unheard } from './ask.ts';

interface Act {
  readonly path: string;
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
}

/** It was not even sent. */
class Unsent extends Error {
  override readonly name = 'Unsent';
}

/** Asks the service to change something; what it refuses is told in its words, and everything shown is read anew. */
export function useAct<Answer = unknown>(): UseMutationResult<Answer, Error, Act> {
  const { speech } = useSpeech();
  const { language } = speech;
  const tell = useTell();
  const client = useQueryClient();
  const away = useAway();
  return useMutation({
    mutationFn: async ({ path, method = 'POST', body }: Act) => {
      // Of a service that is away a question is asked first: what was never sent, was not written either.
      if (away !== undefined) await ask('/api/session', { language }).catch(refuseUnheard);
      return ask<Answer>(path, { method, body, language });
    },
    onError: (error) => tell('bad', speech.say(saidOf(error))),
    onSettled: () => client.invalidateQueries(),
  });
}

function refuseUnheard(error: unknown): void {
  if (error instanceof Unheard) throw new Unsent('nobody answers', { cause: error });
}

function saidOf(error: Error): Text {
  if (error instanceof Refusal) return error.text;
  return error instanceof Unsent ? words.unsent : words.unheard;
}
