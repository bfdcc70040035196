import { isOneSlip } from './one-slip.ts';

/** `slip`: day and month exchanged, or one slip of the pen. */
export type DayAgreement = 'same' | 'slip' | 'missing' | 'other';

/** How two days (`YYYY-MM-DD`, empty: none) agree. */
export function dayAgreement(a: string, b: string): DayAgreement {
  if (a === '' || b === '') return 'missing';
  if (a === b) return 'same';
  const [year, month, day] = a.split('-');
  return `${year}-${day}-${month}` === b || isOneSlip(a, b) ? 'slip' : 'other';
}
