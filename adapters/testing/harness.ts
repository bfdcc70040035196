import type { Adapter, AdapterClass } from '../../src/adapter.ts';
import type { FaultServer } from './fault-server.ts';
import type { TestTools } from './tools.ts';

/** One adapter with a target that the suite can look into, disturb and take away. */
export interface AdapterHarness<R> {
  readonly adapterClass: AdapterClass;
  /** Settings as a person writes them, complete and right. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tools: TestTools;
  /** Made of class, settings and tools unless given. */
  readonly adapter?: Adapter<R>;
  /** A record the target takes, with made-up personal data; each `n` makes an effect of its own. */
  record(n: number): R;
  /** A record the target will never take; without one nothing is refused. */
  readonly refused?: R;
  /** Values of the records and of the settings that no text may show. */
  readonly secrets: readonly string[];
  /** How many records the target has. */
  effects(): number | Promise<number>;
  /** The target's HTTP, or what stands before it. */
  readonly server?: FaultServer;
  /** How a target without `server` goes away, comes back, and keeps everybody waiting. */
  readonly network?: Network;
  /** Those of the faults that a target without `server` can have as well, by their names. */
  readonly faults?: Readonly<Record<string, OwnFault>>;
  /** Gives back what was started; the tools are disposed by the suite. */
  dispose?(): void | Promise<void>;
}

export interface Network {
  cutOff(): void | Promise<void>;
  reconnect(): void | Promise<void>;
  hang(): void | Promise<void>;
}

export interface OwnFault {
  /** From now on the fault strikes. */
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
}

/** Milliseconds that a request of the harness's adapter may take: short where only the timeout ends a fault. */
export type MakeHarness<R> = (timeout: number) => Promise<AdapterHarness<R>>;
