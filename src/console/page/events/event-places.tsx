import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import type { Place } from '../address/place.ts';
import { EventScreen } from './event-screen.tsx';
import { EventsScreen } from './events-screen.tsx';

export function EventPlaces({
  place: { of, query },
  me,
}: {
  readonly place: Place;
  readonly me: Me | undefined;
}): ReactNode {
  return of === undefined ? <EventsScreen query={query} /> : <EventScreen id={of} me={me} key={of} />;
}
