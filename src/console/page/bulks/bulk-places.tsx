import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import type { Place } from '../address/place.ts';
import { BulkScreen } from './bulk-screen.tsx';
import { BulksScreen } from './bulks-screen.tsx';
import { PreviewScreen } from './preview-screen.tsx';

export function BulkPlaces({
  place: { of, query },
  me,
}: {
  readonly place: Place;
  readonly me: Me | undefined;
}): ReactNode {
  if (of === undefined) return <BulksScreen />;
  return of === 'new' ? (
    <PreviewScreen query={query} key={query.toString()} />
  ) : (
    <BulkScreen id={of} me={me} key={of} />
  );
}
