import type { ReactNode } from 'react';

interface HeadProps {
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
}

/** The name of a screen and what it is for. */
export function Head({ title, lead, children }: HeadProps): ReactNode {
  return (
    <div className="screen-head">
      <h1>{title}</h1>
      {lead !== undefined && <p>{lead}</p>}
      {children}
    </div>
  );
}
