import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from '../live/tabs.ts';
import { throttled } from '../live/throttle.ts';

/** What is on the screen is read again when the service tells of a change; once a second at most, hidden not at all. */
export function useLive(wanted: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!wanted) return undefined;
    const end = new AbortController();
    let missed = false;
    const refresh = throttled(() => void client.invalidateQueries(), 1000, end.signal);
    const changed = (): void => {
      if (document.hidden) missed = true;
      else refresh();
    };
    const seen = (): void => {
      if (document.hidden || !missed) return;
      missed = false;
      refresh();
    };
    document.addEventListener('visibilitychange', seen, { signal: end.signal });
    followChanges(changed, end.signal);
    return () => end.abort();
  }, [client, wanted]);
}
