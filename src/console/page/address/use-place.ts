import { useSyncExternalStore } from 'react';
import { type Going, Journey } from './journey.ts';
import { type Place, placeOf } from './place.ts';

/** One for the page, as the browser has one history. */
export const journey = new Journey(globalThis);
addEventListener('popstate', () => journey.moved());

/** Where the page stands; a screen that reads it here is drawn anew when it changes. */
export function usePlace(): Place | undefined {
  return placeOf(new URL(useSyncExternalStore(journey.hear, () => journey.address)));
}

/** Goes to an address of the page. */
export function goTo(address: string, going: Going = {}): void {
  journey.go(address, going);
}
