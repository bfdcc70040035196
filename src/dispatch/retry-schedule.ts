import type { TargetConfig } from '../config/config.ts';
import type { Claim } from '../outbox/delivery.ts';

const day = 86_400_000;

/**
 * Milliseconds until the next attempt after `failed` counted ones: the list, then its last interval again and again,
 * ±20 % so that what failed together does not come back together. A target that names its own time is not asked before
 * it, up to a day.
 */
export function retryDelay(
  { schedule }: Pick<TargetConfig['retry'], 'schedule'>,
  failed: number,
  retryAfter: number | undefined,
  random: () => number,
): number {
  const planned = schedule[Math.min(failed, schedule.length) - 1] ?? schedule.at(-1) ?? 0;
  const jittered = planned * (0.8 + 0.4 * random());
  if (retryAfter === undefined || !Number.isFinite(retryAfter)) return Math.round(jittered);
  return Math.round(Math.max(jittered, Math.min(Math.max(retryAfter, 0) * 1000, day)));
}

/**
 * Whether so many attempts have failed, or they and the waits between them, the next `wait` included, take so long that
 * a delivery is given up. What is counted are planned waits, not the time that went by: neither a pause, a rest or a
 * stop of the service nor a leap of the clock counts.
 */
export function isGivenUp(
  retry: Pick<TargetConfig['retry'], 'attempts' | 'giveUp'>,
  { counted, spent }: Pick<Claim, 'counted' | 'spent'>,
  wait: number,
): boolean {
  return counted >= retry.attempts || spent + wait > retry.giveUp;
}
