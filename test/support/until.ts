import { pause } from './pause.ts';

/** Milliseconds between two questions: at least, and at most. */
const shortest = 5;
const longest = 50;

/**
 * Waits for a condition; throws when it has not come true in time. Asks every few milliseconds, and what is dear (a
 * command, a query) more seldom: whoever waits must not take the processor from what is waited for.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<Exclude<T, undefined | false | null>> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const began = performance.now();
    const found = await ask();
    if (isThere(found)) return found;
    const now = performance.now();
    if (now > deadline) throw new Error(`${what}: not within ${milliseconds} ms`);
    await pause(Math.min(longest, Math.max(shortest, 2 * (now - began))));
  }
}

function isThere<T>(value: T): value is Exclude<T, undefined | false | null> {
  return value !== undefined && value !== false && value !== null;
}
