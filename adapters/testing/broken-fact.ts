import type { Text } from '../../src/adapter.ts';

/** A fact of the suite that does not hold, for the author of the adapter: what happened, and what to do. */
export class BrokenFact extends Error {
  override readonly name = 'BrokenFact';
  readonly text: Text;

  /** @param cause what the adapter threw, for the place in its file. */
  constructor(ru: string, en: string, cause?: unknown) {
    super(en, cause === undefined ? undefined : { cause });
    this.text = { ru, en };
  }
}

/** @throws BrokenFact unless the condition holds. */
export function holds(condition: boolean, ru: string, en: string, cause?: unknown): asserts condition {
  if (!condition) throw new BrokenFact(ru, en, cause);
}
