import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import { ChooseScreen } from './choose-screen.tsx';
import { EditScreen } from './edit-screen.tsx';

/** `17/edit` and `17/choose`. */
export function EditPlaces({ of, me }: { readonly of: string; readonly me: Me | undefined }): ReactNode {
  const [id = '', what] = of.split('/');
  return what === 'choose' ? <ChooseScreen id={id} /> : <EditScreen id={id} me={me} />;
}
