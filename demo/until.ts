import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds; a step of the demo takes one or two seconds. */
const patience = 8000;

/** Gives up quietly: what is missing then is found by the expectations. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition()) && Date.now() < end) await pause(25);
}
