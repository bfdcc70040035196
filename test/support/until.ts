import { pause } from './pause.ts';

/** Waits for a condition, asking every few milliseconds; throws when it has not come true in time. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<Exclude<T, undefined | false | null>> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const found = await ask();
    if (isThere(found)) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${milliseconds} ms`);
    await pause(5);
  }
}

function isThere<T>(value: T): value is Exclude<T, undefined | false | null> {
  return value !== undefined && value !== false && value !== null;
}
