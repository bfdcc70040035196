// Preloaded by a child process, whose machine's clock is then wrong by this many milliseconds.
import { fileURLToPath } from 'node:url';

const ahead = Number(process.env['CLOCK_AHEAD'] ?? 0);
const right = Date.now;
if (ahead !== 0) Date.now = () => right() + ahead;

/**
 * The environment of a child whose wall clock is ahead by so many milliseconds (negative: behind); whatever it starts
 * has the same clock.
 */
export function skewedClock(milliseconds: number): Record<string, string> {
  if (milliseconds === 0) return {};
  return {
    CLOCK_AHEAD: String(milliseconds),
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import="${fileURLToPath(import.meta.url)}"`,
  };
}
