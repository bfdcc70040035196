import { useEffect, useState } from 'react';
import { keep, kept } from '../shell/kept.ts';
import { useNow } from '../time/use-now.ts';
import { visitAt, visitText } from './visit.ts';

/** From when on what came is new to whoever looks; milliseconds since 1970. */
export function useVisit(): number {
  const now = useNow(60_000);
  const [{ since }] = useState(() => visitAt(kept('causes-seen'), Date.now()));
  useEffect(() => {
    keep('causes-seen', visitText({ last: now, since }));
  }, [now, since]);
  return since;
}
