import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followChanges, type Heard } from '../live/tabs.ts';
import { throttled } from '../live/throttle.ts';

/** What is on the screen is read again when the service tells of a change; once a second at most, hidden not at all. */
export function useLive(wanted: boolean): { readonly awaySince: number | undefined } {
  const client = useQueryClient();
  const [awaySince, setAwaySince] = useState<number>();
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
    let away = false;
    const heard = (what: Heard): void => {
      if (what === 'away') {
        // Whoever is not let in any more hears it by this reading.
        if (!away) changed();
        setAwaySince((since) => since ?? Date.now());
      } else {
        if (away || what === 'changed') changed();
        setAwaySince(undefined);
      }
      away = what === 'away';
    };
    document.addEventListener('visibilitychange', seen, { signal: end.signal });
    followChanges(heard, end.signal);
    return () => end.abort();
  }, [client, wanted]);
  return { awaySince: wanted ? awaySince : undefined };
}
