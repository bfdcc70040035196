import { BrokenFact } from './broken-fact.ts';
import type { Text } from '../../src/adapter.ts';

/** What a body of a test is given: `this` by mocha, a context by node:test and vitest. */
type Body = (this: unknown, ...given: readonly unknown[]) => Promise<void>;

export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: Body) => unknown;
  /** Names a test that is not made, where that costs a line alone. */
  readonly leave?: (name: string, why: string) => void;
}

/** Of the runner that is at work: what stands in the globals (mocha, vitest with globals), else node:test. */
export function runner(): Runner {
  // A runner that has globals has these two in the form that all of them share.
  const describe: Runner['describe'] | undefined = Reflect.get(globalThis, 'describe');
  const it: Runner['it'] | undefined = Reflect.get(globalThis, 'it');
  if (describe !== undefined && it !== undefined) return { describe, it };
  // Not imported: loading node:test under another runner would make it report as well.
  const test = process.getBuiltinModule('node:test');
  return { describe: test.describe, it: test.it, leave: (name, why) => void test.it(name, { skip: why }) };
}

/** Ends this test as one that was not tried; a runner that knows no such thing has it fail. */
export function skipped(why: Text, given: readonly unknown[]): void {
  for (const context of given) {
    const skip: unknown = typeof context === 'object' && context !== null ? Reflect.get(context, 'skip') : undefined;
    if (typeof skip === 'function') return void Reflect.apply(skip, context, [`${why.en} / ${why.ru}`]);
  }
  throw new BrokenFact(why.ru, why.en);
}
