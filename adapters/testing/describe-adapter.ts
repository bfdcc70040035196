import { Bench } from './bench.ts';
import { facts } from './facts.ts';
import { faults } from './faults.ts';
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

/** Milliseconds that one fact may take. */
const longest = 60_000;

/**
 * The conformance suite: what the outbox relies on, and every way in which an answer over HTTP is known to go wrong,
 * each as a test with a target of its own. An adapter that passes loses nothing, doubles nothing and tells nobody a
 * secret. `makeHarness` is called anew for each test.
 */
export function describeAdapter<R>(name: string, makeHarness: MakeHarness<R>, options: SuiteOptions = {}): void {
  const { describe, it } = { ...runner(), ...options };
  const hangs = new Hangs();
  const test = (title: string, timeout: number, work: (bench: Bench<R>) => Promise<void>): void =>
    void it(title, () => hangs.ended(() => Bench.at(makeHarness, timeout, work)));
  describe(`${name} keeps the contract of adapters:`, () => {
    for (const fact of facts)
      if (options.cannot?.(fact.name) === undefined) test(fact.name, timeouts.usual, fact.holds);
  });
  describe(`${name} loses and doubles nothing after`, () => {
    for (const fault of faults) {
      const cannot = options.cannot?.(fault.name);
      if (cannot === undefined || cannot.twice === true)
        test(fault.name, fault.silent === true ? timeouts.short : timeouts.usual, (bench) =>
          underFault(bench, fault, cannot?.twice === true),
        );
    }
  });
}

type Runner = Required<Pick<SuiteOptions, 'describe' | 'it'>>;

function runner(): Runner {
  // A runner that has globals has these two in the form that all of them share.
  const describe: Runner['describe'] | undefined = Reflect.get(globalThis, 'describe');
  const it: Runner['it'] | undefined = Reflect.get(globalThis, 'it');
  if (describe !== undefined && it !== undefined) return { describe, it };
  // Not imported: loading node:test under another runner would make it report as well.
  return process.getBuiltinModule('node:test');
}

/** A promise that never settles fails its own test, whatever the runner; after two of them nothing more is tried. */
class Hangs {
  #count = 0;

  async ended(work: () => Promise<void>): Promise<void> {
    if (this.#count >= 2) throw new Error('not tried, for two tests before have not ended: mend those first');
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#count += 1;
      late.reject(new Error(`not ended after ${longest} ms: deliver has to settle within its timeout`));
    }, longest);
    try {
      await Promise.race([work(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
