import type { Overrides } from '../../src/container.ts';
import { Fleet, type FleetPlan } from './fleet.ts';
import { seed } from './form.ts';
import { plainNetwork } from './plain-network.ts';
import { sharedPostgres } from './postgres.ts';
import { Service, type ServiceFiles } from './service.ts';
import { Sink } from './sink.ts';
import type { Engine } from './stores.ts';

interface Stoppable {
  stop(): Promise<unknown>;
}

/** What the tests of a failure suite play with: new for each of them, and stopped after it, the last one first. */
export class Scene {
  readonly engine: Engine;
  readonly #started: Stoppable[] = [];
  #sink: Sink | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** A target, there from the beginning. */
  get sink(): Sink {
    if (this.#sink === undefined) throw new Error('a scene has its sink while a test runs');
    return this.#sink;
  }

  /** Processes that deliver to the sink, unless the plan names others. */
  async fleet(plan: Partial<Omit<FleetPlan, 'engine'>> = {}): Promise<Fleet> {
    return this.add(await Fleet.start({ engine: this.engine, sinks: { intranet: this.sink }, ...plan }));
  }

  /** The connector in this process, over a database of its own. */
  async service({ config, ...files }: ServiceFiles, overrides?: Overrides): Promise<Service> {
    const database = this.engine === 'postgres' && {
      database: { url: await (await sharedPostgres()).createMigrated() },
    };
    return this.add(await Service.start({ config: { ...database, ...config }, ...files }, overrides));
  }

  /** Whatever else has to stop after the test. */
  add<T extends Stoppable>(started: T): T {
    this.#started.push(started);
    return started;
  }

  async begin(): Promise<void> {
    this.#sink = this.add(await Sink.start());
  }

  async end(): Promise<void> {
    for (const each of this.#started.splice(0).toReversed()) await each.stop();
  }
}

/**
 * A suite in which something fails on purpose, over each engine: with time for its long form, nothing in the way of its network, and
 * its seed in the title.
 */
export function failureSuite(
  title: string,
  { engines }: { readonly engines: readonly Engine[] },
  body: (scene: Scene) => void,
): void {
  for (const engine of engines)
    describe(`${title}, on ${engine} (seed ${seed})`, function () {
      this.timeout(600_000);
      plainNetwork();
      const scene = new Scene(engine);
      beforeEach(() => scene.begin());
      afterEach(() => scene.end());
      body(scene);
    });
}
