import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A strip that is moved by the finger begins with what is chosen in view. `chosen` moves it anew. */
export function useCurrentInView(chosen: string | undefined): RefObject<HTMLUListElement | null> {
  const strip = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const list = strip.current;
    const current = list?.querySelector<HTMLElement>('[aria-current]');
    if (list === null || current === null || current === undefined) return;
    const [frame, box] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
    // Never the page itself, which is what scrollIntoView would move as well.
    list.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  }, [chosen]);
  return strip;
}
