import { relative } from 'node:path';
import { mixed, type Schema } from 'yup';
import type { Config } from '../config.ts';
import type { Fault } from '../fault.ts';
import type { Target } from '../target.ts';
import type { MappingEngine } from './engine.ts';
import { loadMappings } from './folder.ts';
import type { Mapping } from './mapping.ts';
import { runTests } from './test-run.ts';

export interface MappingsParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly engine: MappingEngine;
}

/** The mapping files in use. One that is faulty or fails a test of its own is refused alone. */
export class Mappings {
  readonly #parts: MappingsParts;
  #current: readonly Mapping[] = [];
  #faults: readonly Fault[] = [];

  constructor(parts: MappingsParts) {
    this.#parts = parts;
  }

  /** The good ones, by file name. */
  get current(): readonly Mapping[] {
    return this.#current;
  }

  /** What is wrong with the others, and warnings. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Reads the folder and runs the tests inside the files; returns how many mappings are good. */
  async load(): Promise<number> {
    const { config, targets, engine } = this.#parts;
    // A target whose settings are faulty is reported where it stands; mappings to it are not to blame.
    const known = new Map<string, { readonly record: Schema }>(config.targets.map(({ name }) => [name, { record: mixed() }]));
    for (const { name, record } of targets) known.set(name, { record });
    const loaded = await loadMappings(config.mappings, shownPath(config.mappings), { targets: known, stages: stageNames(config), zone: config.zone });
    const faults = [...loaded.faults];
    const good: Mapping[] = [];
    for (const mapping of loaded.mappings) {
      const results = await runTests(mapping, { engine, stages: stagesForTests(config), record: known.get(mapping.to)?.record ?? mixed() });
      const failures = results.flatMap(({ fault }) => fault ?? []);
      faults.push(...failures);
      if (failures.length === 0) good.push(mapping);
    }
    this.#current = good;
    this.#faults = faults;
    return good.length;
  }
}

/** Shorter than the absolute path where it is below the working folder. */
function shownPath(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === '' || path.startsWith('..') ? folder : path;
}

function stageNames(config: Config): ReadonlySet<string> {
  return new Set([...Object.keys(config.stages), ...config.sources.flatMap((source) => Object.keys(source.stages))]);
}

/** Test bodies belong to no source: a stage of any source will do. */
function stagesForTests(config: Config): Config['stages'] {
  return Object.fromEntries([...stageNames(config)].map((name) => [name, [config.stages, ...config.sources.map(({ stages }) => stages)].flatMap((stages) => stages[name] ?? [])]));
}
