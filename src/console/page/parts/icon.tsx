import type { ReactNode } from 'react';

const shapes = {
  close: 'M4 4l8 8M12 4l-8 8',
  menu: 'M2 4h12M2 8h12M2 12h12',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c.6-2.4 2.6-3.7 5-3.7s4.4 1.3 5 3.7',
  there: 'M2 8h11M9 4l4 4-4 4',
  back: 'M14 8H3M7 4L3 8l4 4',
  up: 'M8 13V3M4 7l4-4 4 4',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1',
} as const;

/** Drawn here, so that no font needs to have them. */
export function Icon({ of }: { readonly of: keyof typeof shapes }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[of]} />
    </svg>
  );
}
