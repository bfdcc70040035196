import { hash } from 'node:crypto';
import { UnavailableError } from '../../src/adapter.ts';
import { nameOf } from './recipients.ts';
import type { Recipient } from './record.ts';

/**
 * What a dialect holds is its own id of the chat; what others are compared with is the recipient as the record has it.
 */
export function held(list: readonly Recipient[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnavailableError) || error.holds === undefined) throw error;
    if (error.holds === 'target' || error.holds === 'delivery') throw error;
    const [only, another] = list;
    const holds = only === undefined || another !== undefined ? 'delivery' : holdOf(only);
    throw new UnavailableError(error.text, {
      holds,
      ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    });
  };
}

/** An e-mail address is a person's, and holds are shown. */
export const holdOf = (recipient: Recipient): string =>
  typeof recipient === 'object' ? `email ${hash('sha256', nameOf(recipient)).slice(0, 12)}` : String(recipient).trim();
