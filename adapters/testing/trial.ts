import { BrokenFact } from './broken-fact.ts';
import { UnbornError } from './unborn.ts';
import type { Text } from '../../src/adapter.ts';

/** Milliseconds that one fact may take. */
const longest = 60_000;
/** Promises that never settle, and tests in a row that fail for the same reason: more of them tell nothing new. */
const enough = { hangs: 2, alike: 5 } as const;

/**
 * The tests of one adapter, one after another: a promise that never settles fails its own test, whatever the runner is;
 * and once it is plain why tests fail the others are not tried.
 */
export class Trial {
  #hangs = 0;
  #alike = 0;
  #last = '';
  #unborn = false;

  /** Why nothing more is tried; undefined while all is open. */
  get over(): Text | undefined {
    if (this.#unborn) return { ru: 'не испытано: пробовать нечего', en: 'not tried: there is nothing to try' };
    if (this.#hangs >= enough.hangs)
      return {
        ru: 'не испытано: два теста до этого не кончились, исправьте сначала их',
        en: 'not tried: two tests before have not ended, mend those first',
      };
    if (this.#alike >= enough.alike)
      return {
        ru: `не испытано: ${this.#alike} тестов подряд не прошли по той же причине, исправьте сначала её`,
        en: `not tried: ${this.#alike} tests in a row failed for the same reason, mend that first`,
      };
    return undefined;
  }

  async run(work: () => Promise<void>): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#hangs += 1;
      late.reject(hanging());
    }, longest);
    try {
      await Promise.race([work(), late.promise]);
      this.#alike = 0;
    } catch (error) {
      this.#count(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #count(error: unknown): void {
    if (error instanceof UnbornError) this.#unborn = true;
    const words = String(error);
    this.#alike = words === this.#last ? this.#alike + 1 : 1;
    this.#last = words;
  }
}

function hanging(): BrokenFact {
  return new BrokenFact(
    `за ${longest / 1000} с не кончилось: deliver ждёт того, чего не будет; обещание должно кончиться в срок`,
    `not ended after ${longest / 1000} s: deliver awaits what never comes; it has to settle within its timeout`,
  );
}
