import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Refusal, Unheard } from './api/ask.ts';
import { Notices } from './parts/notices.tsx';
import { Shell } from './shell/shell.tsx';
import { SpokenIn } from './shell/spoken.tsx';
import { useSpeech } from './shell/speech-context.ts';

function queryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      // Whoever is not let in any more is asked who they are; what they were at stays.
      onError: (error, { queryKey }) => {
        if (error instanceof Refusal && error.status === 401 && queryKey[0] !== '/api/session')
          void client.invalidateQueries({ queryKey: ['/api/session'] });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Refusal) && !(error instanceof Unheard && error.late),
        refetchOnWindowFocus: false,
        // The service may be of this very machine: a network that is away is no reason to wait.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

export function App(): ReactNode {
  const [client] = useState(queryClient);
  return (
    <QueryClientProvider client={client}>
      <SpokenIn>
        <Widgets>
          <Notices>
            <Shell />
          </Notices>
        </Widgets>
      </SpokenIn>
    </QueryClientProvider>
  );
}

/** The widgets speak the language of the page, not the browser's. */
function Widgets({ children }: { readonly children: ReactNode }): ReactNode {
  const { speech } = useSpeech();
  return <I18nProvider locale={speech.locale}>{children}</I18nProvider>;
}
