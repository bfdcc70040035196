import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError, UncertainError } from '../../src/adapter.ts';
import type { Verdict } from './dialect.ts';

/** Milliseconds before a post whose answer was lost is repeated, and before the chat is asked whether it is done. */
const pauses = [250, 1000, 2000];

interface Repetition {
  /** Milliseconds for which the chat tells a repetition by our key; 0: never. */
  readonly keyHolds: number;
  readonly signal: AbortSignal;
}

/**
 * Posts, and while the chat knows the post again by its key, posts once more when the answer was lost: what it answers
 * then tells how the first one ended.
 * @throws UncertainError of the post whose answer was lost, when none tells.
 */
export async function askedAgain(post: () => Promise<Verdict>, { keyHolds, signal }: Repetition): Promise<Verdict> {
  const first = performance.now(); // a wall clock may leap meanwhile
  let lost: UncertainError | undefined;
  for (const wait of [...pauses, undefined]) {
    try {
      const verdict = await post();
      if (lost === undefined || verdict.is !== 'refused' || !(verdict.error instanceof UnavailableError))
        return verdict;
    } catch (error) {
      if (error instanceof UncertainError && lost === undefined) lost = error;
      else if (error instanceof UncertainError) break;
      else if (lost === undefined || !(error instanceof UnavailableError)) throw error;
    }
    if (wait === undefined || signal.aborted || performance.now() - first + wait >= keyHolds) break;
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
  throw lost ?? new Error('a post neither ended nor was lost');
}
