import { Bench } from './bench.ts';
import { facts } from './facts.ts';
import { faults } from './faults.ts';
import { runner, type Runner, skipped } from './runner.ts';
import { Trial } from './trial.ts';
import { underFault } from './under-fault.ts';
import type { Text } from '../../src/adapter.ts';
import type { MakeHarness } from './harness.ts';

/** Why an adapter cannot keep a fact, or cannot meet a fault. */
export interface Cannot {
  readonly because: Text | string;
  /** Of a fault: it strikes all the same, and may leave two effects when the adapter said that it may. */
  readonly twice?: boolean;
}

export interface SuiteOptions {
  /** What is not tried, by the name of the fact or fault, and why. */
  readonly cannot?: (name: string) => Cannot | undefined;
  /** Of a test runner; by default what stands in the globals (mocha, vitest with globals), else node:test. */
  readonly describe?: (name: string, body: () => void) => unknown;
  readonly it?: (name: string, body: () => Promise<void>) => unknown;
}

/** Milliseconds of a request, and of one that only its timeout ends. */
const timeouts = { usual: 5000, short: 250 } as const;

/**
 * The conformance suite: what the outbox relies on, and every way in which an answer over HTTP is known to go wrong,
 * each as a test with a target of its own. An adapter that passes loses nothing, doubles nothing and tells nobody a
 * secret. `makeHarness` is called anew for each test.
 */
export function describeAdapter<R>(name: string, makeHarness: MakeHarness<R>, options: SuiteOptions = {}): void {
  const { describe, it, leave }: Runner = { ...runner(), ...options };
  const trial = new Trial();
  const test = (title: string, timeout: number, work: (bench: Bench<R>) => Promise<void>): void =>
    void it(title, async function tried(this: unknown, ...given) {
      const { over } = trial;
      if (over === undefined) await trial.run(() => Bench.at(makeHarness, timeout, work));
      else skipped(over, [this, ...given]);
    });
  const left = (title: string, { because }: Cannot): void =>
    leave?.(title, typeof because === 'string' ? because : `${because.en} / ${because.ru}`);
  describe(`${name} keeps the contract of adapters:`, () => {
    for (const fact of facts) {
      const cannot = options.cannot?.(fact.name);
      if (cannot === undefined) test(fact.name, timeouts.usual, fact.holds);
      else left(fact.name, cannot);
    }
  });
  describe(`${name} loses and doubles nothing after`, () => {
    for (const fault of faults) {
      const cannot = options.cannot?.(fault.name);
      if (cannot === undefined || cannot.twice === true)
        test(fault.name, fault.silent === true ? timeouts.short : timeouts.usual, (bench) =>
          underFault(bench, fault, cannot?.twice === true),
        );
      else left(fault.name, cannot);
    }
  });
}
