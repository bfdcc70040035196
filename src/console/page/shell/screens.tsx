import { lazy, type ReactNode, Suspense } from 'react';
import type { Me } from '../account/me.ts';
import type { Place } from '../address/place.ts';
import { DeliveriesScreen } from '../deliveries/deliveries-screen.tsx';
import { DeliveryScreen } from '../delivery/delivery-screen.tsx';
import { OverviewScreen } from '../overview/overview-screen.tsx';
import { Stage } from '../parts/stage.tsx';
import { NotDrawn, Reading } from '../parts/status.tsx';

/** The first load is for whoever looks how it stands; the rest comes when it is asked for. */
const BulkPlaces = lazy(() => import('../bulks/bulk-places.tsx').then((file) => ({ default: file.BulkPlaces })));
const EditPlaces = lazy(() => import('../edit/edit-places.tsx').then((file) => ({ default: file.EditPlaces })));
const EventPlaces = lazy(() => import('../events/event-places.tsx').then((file) => ({ default: file.EventPlaces })));
const House = lazy(() => import('./house-places.tsx').then((file) => ({ default: file.HousePlaces })));
const Waiting = lazy(() => import('./waiting-places.tsx').then((file) => ({ default: file.WaitingPlaces })));
const PeoplePlaces = lazy(() => import('../people/people-places.tsx').then((file) => ({ default: file.PeoplePlaces })));

const Workbench = lazy(() =>
  import('../workbench/workbench-screen.tsx').then((file) => ({ default: file.WorkbenchScreen })),
);

export interface ScreenProps {
  readonly place: Place;
  readonly me: Me | undefined;
  /** What somebody typed into the search of the header. */
  readonly sought: string;
}

export function ScreenOf(props: ScreenProps): ReactNode {
  return (
    <Stage key={props.place.screen} instead={<NotDrawn />}>
      <Suspense fallback={<Reading />}>
        <Screen {...props} />
      </Suspense>
    </Stage>
  );
}

function Screen({ place, me, sought }: ScreenProps): ReactNode {
  switch (place.screen) {
    case 'overview':
    case 'login':
      return <OverviewScreen />;
    case 'deliveries':
      if (place.of === undefined) return <DeliveriesScreen query={place.query} me={me} />;
      return /\/(edit|choose)$/.test(place.of) ? (
        <EditPlaces of={place.of} me={me} />
      ) : (
        <DeliveryScreen id={place.of} me={me} key={place.of} />
      );
    case 'workbench':
      return <Workbench name={place.of} query={place.query} me={me} />;
    case 'bulks':
      return <BulkPlaces place={place} me={me} />;
    case 'events':
      return <EventPlaces place={place} me={me} />;
    case 'people':
      return <PeoplePlaces place={place} sought={sought} />;
    case 'causes':
    case 'blocked':
    case 'attention':
      return <Waiting screen={place.screen} me={me} />;
    case 'targets':
    case 'mappings':
    case 'alarms':
    case 'audit':
    case 'account':
      return <House place={place} screen={place.screen} me={me} />;
  }
}
