import { useEffect } from 'react';
import { journey } from '../address/use-place.ts';

/** Nobody leaves unasked what nobody has sent yet: neither the browser nor by a link of the page. */
export function useStayWhile(unsent: boolean): void {
  useAskOnClose(unsent);
  useEffect(() => (unsent ? journey.stay() : undefined), [unsent]);
}

/** The browser asks before it closes or loads anew. */
export function useAskOnClose(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return undefined;
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsent]);
}
