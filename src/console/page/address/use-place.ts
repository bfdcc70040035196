import { useSyncExternalStore } from 'react';
import { type Place, placeOf } from './place.ts';

const moved = 'huntflow-connector:moved';

function subscribe(told: () => void): () => void {
  addEventListener('popstate', told);
  addEventListener(moved, told);
  return () => {
    removeEventListener('popstate', told);
    removeEventListener(moved, told);
  };
}

/** The address as it stands now; a screen that reads it here is drawn anew when it changes. */
function useAddress(): string {
  return useSyncExternalStore(subscribe, () => location.href);
}

export function usePlace(): Place | undefined {
  return placeOf(new URL(useAddress()));
}

/** Goes to an address of the page; `instead`: back does not come here again. */
export function goTo(address: string, { instead = false }: { readonly instead?: boolean } = {}): void {
  if (instead) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  dispatchEvent(new Event(moved));
}
