import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import { AttentionScreen } from '../attention/attention-screen.tsx';
import { BlockedScreen } from '../blocked/blocked-screen.tsx';
import { CausesScreen } from '../causes/causes-screen.tsx';

interface Props {
  readonly screen: 'causes' | 'blocked' | 'attention';
  readonly me: Me | undefined;
}

export function WaitingPlaces({ screen, me }: Props): ReactNode {
  switch (screen) {
    case 'causes':
      return <CausesScreen me={me} />;
    case 'blocked':
      return <BlockedScreen />;
    case 'attention':
      return <AttentionScreen me={me} />;
  }
}
