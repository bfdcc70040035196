import type { ReactNode } from 'react';
import type { Place } from '../address/place.ts';
import { PeopleScreen } from './people-screen.tsx';
import { PersonScreen } from './person-screen.tsx';

export function PeoplePlaces({
  place: { of, query },
  sought,
}: {
  readonly place: Place;
  readonly sought: string;
}): ReactNode {
  return of === undefined ? (
    <PeopleScreen sought={sought} />
  ) : (
    <PersonScreen applicant={of} scope={query.get('scope')} />
  );
}
