import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSpeech } from '../shell/speech-context.ts';
import { ask } from './ask.ts';

/** What a route answers now; read again when the service tells of a change. */
export function useAnswer<Answer>(path: string, { wanted = true } = {}): UseQueryResult<Answer> {
  const {
    speech: { language },
  } = useSpeech();
  return useQuery({
    queryKey: [path, language],
    queryFn: ({ signal }) => ask<Answer>(path, { language, signal }),
    enabled: wanted,
    placeholderData: (before, query) => (query?.queryKey[0] === path ? before : undefined),
  });
}
