import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react';

interface ActProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'type'> {
  /** What it began is not over. */
  readonly busy: boolean;
}

/** A button that does nothing while it is busy, and keeps the focus: a disabled one would lose it to nobody. */
export function Act({ busy, onClick, ...rest }: ActProps): ReactNode {
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (!busy) onClick?.(event);
  };
  return <button type="button" aria-disabled={busy} onClick={press} {...rest} />;
}
