import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSpeech } from '../shell/speech-context.ts';
import { ask } from './ask.ts';

interface Wanted {
  readonly wanted?: boolean;
  /** Milliseconds after which it is read again though nothing was told. */
  readonly every?: number;
}

/** What a route answers now; read again when the service tells of a change. */
export function useAnswer<Answer>(path: string, { wanted = true, every }: Wanted = {}): UseQueryResult<Answer> {
  const {
    speech: { language },
  } = useSpeech();
  return useQuery({
    queryKey: [path, language],
    queryFn: ({ signal }) => ask<Answer>(path, { language, signal }),
    enabled: wanted,
    ...(every !== undefined && { refetchInterval: every }),
    placeholderData: (before, query) => (query?.queryKey[0] === path ? before : undefined),
  });
}
