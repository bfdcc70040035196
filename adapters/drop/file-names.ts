import { numbered } from './disk.ts';

/** Stands in a name for the number of the file in the series of its target. */
export const numberSign = '{number}';

// A name that something of other content has gives way to the next; so many are too many.
const most = 999;
// After a lost journal the series goes on behind what still lies there.
const mostNumbers = 100_000;

/**
 * The names that a file may have, the best one first: `hires.csv`, `hires-2.csv`, …, or with a running number
 * `hires-000007.csv`, `hires-000008.csv`, …
 */
export function* namesFor(
  name: string,
  lastNumber: number,
): Generator<{ readonly name: string; readonly number?: number }> {
  const isSeries = name.includes(numberSign);
  for (let step = 1; step <= (isSeries ? mostNumbers : most); step += 1) {
    const number = lastNumber + step;
    if (isSeries) yield { name: name.replaceAll(numberSign, String(number).padStart(6, '0')), number };
    else yield { name: numbered(name, step) };
  }
}
