import type { Language } from '../../../text.ts';
import { addressOf } from '../address/place.ts';
import { ask } from '../api/ask.ts';

/** Ends the session, and with it everything that this tab has read. */
export async function signOut(language: Language): Promise<void> {
  await ask('/api/session', { method: 'DELETE', language });
  location.assign(addressOf('overview'));
}
