import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { goTo } from '../address/use-place.ts';

interface GoProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: string;
}

/** A link within the page; with a key held down it is the browser's, as every link. */
export function Go({ to, onClick, ...rest }: GoProps): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goTo(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
