import { Loop } from '../process/loop.ts';
import type { Report } from '../report/report.ts';
import type { Bulks } from './bulks.ts';

const pollTime = 1000;

/** Runs what bulks are left to run, also those of a process that died. */
export class BulkRunner {
  readonly #bulks: Bulks;
  readonly #loop: Loop;

  constructor(bulks: Bulks, report: Report) {
    this.#bulks = bulks;
    this.#loop = new Loop({
      round: () => this.#round(),
      failed: (error) => report.loopFailed('bulks', error),
      pause: pollTime,
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #round(): Promise<number> {
    let next = pollTime;
    for (const bulk of await this.#bulks.running()) {
      if (this.#loop.signal.aborted) break;
      next = Math.min(next, (await this.#bulks.step(bulk)) ?? pollTime);
    }
    return next;
  }
}
