import { createContext, useContext, useEffect, useState } from 'react';

/** A restart of the service is no news; milliseconds. */
const patience = 3000;

/** What is shown is as of then, for the service does not answer; undefined: it does. */
export const AwayContext = createContext<number | undefined>(undefined);

export function useAway(): number | undefined {
  return useContext(AwayContext);
}

/** The same instant, once it has lasted. */
export function useLasting(since: number | undefined): number | undefined {
  const [lasting, setLasting] = useState<number>();
  useEffect(() => {
    if (since === undefined) return undefined;
    const timer = setTimeout(() => setLasting(since), patience);
    return () => {
      clearTimeout(timer);
      setLasting(undefined);
    };
  }, [since]);
  return lasting;
}
