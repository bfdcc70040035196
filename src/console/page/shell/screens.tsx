import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import type { Place } from '../address/place.ts';
import { DeliveriesScreen } from '../deliveries/deliveries-screen.tsx';
import { DeliveryScreen } from '../delivery/delivery-screen.tsx';
import { OverviewScreen } from '../overview/overview-screen.tsx';
import { Nothing } from '../parts/status.tsx';

interface ScreenProps {
  readonly place: Place;
  readonly me: Me | undefined;
  readonly sought: string;
}

export function ScreenOf({ place, me }: ScreenProps): ReactNode {
  switch (place.screen) {
    case 'overview':
      return <OverviewScreen />;
    case 'deliveries':
      return place.of === undefined ? (
        <DeliveriesScreen query={place.query} me={me} />
      ) : (
        <DeliveryScreen id={place.of} me={me} />
      );
    default:
      return <Nothing title="…" />;
  }
}
