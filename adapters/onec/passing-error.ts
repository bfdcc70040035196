import { UnavailableError } from '../../src/adapter.ts';
import { passingOf } from './passing.ts';
import { refusal } from './refusal.ts';

/** The error for a sentence of 1C that passes by itself; undefined for any other. */
export function passingError(words: string, summary: string): UnavailableError | undefined {
  switch (passingOf(words, { busy: [], maintenance: [], rejected: [] })) {
    case 'busy':
      return new UnavailableError(refusal.locked(summary).text);
    case 'maintenance': {
      const { text, rest } = refusal.maintenance(summary);
      return new UnavailableError(text, { retryAfter: rest, holds: 'target' });
    }
    case 'rejected':
      return undefined;
  }
}
