import { useEffect } from 'react';

/** The browser asks before it leaves what nobody has sent or kept yet. */
export function useStayWhile(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return undefined;
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsent]);
}
