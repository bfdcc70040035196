import type { Language } from '../../../text.ts';
import { addressOf } from '../address/place.ts';
import { ask } from '../api/ask.ts';

/** What is posted here is heard by the other tabs of this browser only. */
const signedOut = new BroadcastChannel('huntflow-connector/signed-out');

/** Ends the session, and with it everything that the tabs of this browser have read. */
export async function signOut(language: Language): Promise<void> {
  await ask('/api/session', { method: 'DELETE', language });
  signedOut.postMessage('out');
  location.assign(addressOf('overview'));
}

/**
 * What was read for somebody must not be there for whoever comes next: neither when he signs out in another tab, nor
 * when the browser brings the page back from its memory as it was left.
 */
export function forgetWithSession(): void {
  signedOut.addEventListener('message', () => location.reload());
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}
