import { Loop } from '../process/loop.ts';
import type { Audit } from './audit.ts';

const day = 86_400_000;
const pollTime = 60_000;

/**
 * Writes the end of the chain into the log, at start and daily: a chain that was cut off fits all the same, so its end
 * must stand where whoever owns the database cannot change it.
 */
export class HeadLog {
  readonly #loop: Loop;
  #next = 0;

  constructor(parts: {
    readonly audit: Audit;
    readonly now: () => number;
    readonly tell: (head: { readonly seq: number; readonly hash: string }) => void;
    readonly failed: (error: unknown) => void;
  }) {
    const { audit, now, tell, failed } = parts;
    this.#loop = new Loop({
      round: async () => {
        // A clock that was set back by more than a day would keep it silent.
        if (now() < this.#next && this.#next - now() <= day) return pollTime;
        const head = await audit.head();
        if (head !== undefined) tell(head);
        this.#next = now() + day;
        return pollTime;
      },
      failed,
      pause: pollTime,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }
}
