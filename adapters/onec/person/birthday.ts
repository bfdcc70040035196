import { isOneSlip } from './one-slip.ts';

/** `slip`: day and month exchanged, or one slip of the pen; `slipOfYear`: another digit in the year alone. */
export type DayAgreement = 'same' | 'slip' | 'slipOfYear' | 'missing' | 'other';

/** How two days (`YYYY-MM-DD`, empty: none) agree. A digit of the year is apart: it is as often a generation. */
export function dayAgreement(a: string, b: string): DayAgreement {
  if (a === '' || b === '') return 'missing';
  if (a === b) return 'same';
  const [year, month, day] = a.split('-');
  if (`${year}-${day}-${month}` === b) return 'slip';
  if (!isOneSlip(a, b)) return 'other';
  return a.slice(4) === b.slice(4) && !isSwap(a, b) ? 'slipOfYear' : 'slip';
}

/** The same digits in another order. */
function isSwap(a: string, b: string): boolean {
  return a.split('').sort().join('') === b.split('').sort().join('');
}
