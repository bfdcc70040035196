import type { ReactNode } from 'react';
import { AccountScreen } from '../account/account-screen.tsx';
import type { Me } from '../account/me.ts';
import type { Place } from '../address/place.ts';
import { AlarmsScreen } from '../alarms/alarms-screen.tsx';
import { AuditScreen } from '../audit/audit-screen.tsx';
import { MappingsScreen } from '../mappings/mappings-screen.tsx';
import { TargetsScreen } from '../targets/targets-screen.tsx';

interface Props {
  readonly place: Place;
  readonly screen: 'targets' | 'mappings' | 'alarms' | 'audit' | 'account';
  readonly me: Me | undefined;
}

export function HousePlaces({ place: { of, query }, screen, me }: Props): ReactNode {
  switch (screen) {
    case 'targets':
      return <TargetsScreen name={of} me={me} />;
    case 'mappings':
      return <MappingsScreen name={of} me={me} />;
    case 'audit':
      return <AuditScreen query={query} />;
    case 'account':
      return <AccountScreen me={me} />;
    case 'alarms':
      return <AlarmsScreen />;
  }
}
