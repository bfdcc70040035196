import { basename, relative } from 'node:path';
import { mixed, type Schema } from 'yup';
import type { Config } from '../config/config.ts';
import type { Fault } from '../files/fault.ts';
import type { MappingVersions } from './store/mapping-versions.ts';
import type { Target } from '../targets/target.ts';
import type { MappingContext } from './file/mapping-file.ts';
import { type LoadedMappings, loadMappings, type RefusedFile } from './file/folder.ts';
import { MappingEngine } from './thread/engine.ts';
import { constantsOf } from './constants.ts';
import { readVersion } from './file/kept-version.ts';
import type { Mapping } from './file/mapping.ts';
import { runTests } from './test-run.ts';

export interface MappingsParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly engine: MappingEngine;
  readonly versions: MappingVersions;
  readonly now: () => number;
}

/** A file that is refused, and the version that works in its place, if there ever was a good one. */
export interface RefusedMapping extends RefusedFile {
  readonly instead: Mapping | undefined;
}

/**
 * The mapping files in use. A faulty one, or one that fails a test of its own, is refused alone: its last good version
 * stays.
 */
export class Mappings {
  readonly #parts: MappingsParts;
  #current: readonly Mapping[] = [];
  #faults: readonly Fault[] = [];
  #refused: readonly RefusedMapping[] = [];
  readonly #constants = new Map<string, ReadonlySet<string>>();

  constructor(parts: MappingsParts) {
    this.#parts = parts;
  }

  /** In use, by file name. */
  get current(): readonly Mapping[] {
    return this.#current;
  }

  /** What is wrong with files, and warnings. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get refused(): readonly RefusedMapping[] {
    return this.#refused;
  }

  /** Whether a file may be taken later although nobody changes it: its tests had no time. */
  get undecided(): boolean {
    return this.#refused.some(({ undecided }) => undecided === true);
  }

  /** Names of mappings that no version works for: what they do not see is counted. */
  get unserved(): readonly string[] {
    return this.#refused.flatMap(({ name, instead }) =>
      name !== undefined && instead === undefined && !this.#current.some((mapping) => mapping.name === name)
        ? [name]
        : [],
    );
  }

  /** What the mappings to a target write into its records themselves. */
  constantsTo(target: string): ReadonlySet<string> {
    let constants = this.#constants.get(target);
    if (constants === undefined) {
      constants = new Set(this.#current.filter(({ to }) => to === target).flatMap((each) => [...constantsOf(each)]));
      this.#constants.set(target, constants);
    }
    return constants;
  }

  /** What files are checked against. */
  get context(): MappingContext {
    const { config, targets } = this.#parts;
    // A target whose settings are faulty is reported where it stands; mappings to it are not to blame.
    const known = new Map<string, { readonly record: Schema }>(
      [...config.targets.map(({ name }) => name), ...config.faultyTargets].map((name) => [name, { record: mixed() }]),
    );
    for (const { name, record } of targets) known.set(name, { record });
    return {
      targets: known,
      stages: stageNames(config),
      stageMembers: stagesOfAll(config),
      zone: config.zone,
      ...(config.candidateLink !== undefined && { candidateLink: config.candidateLink }),
    };
  }

  /** Reads the folder and runs the tests inside the files; what is in use stays as it is. */
  async read(engine: MappingEngine = this.#parts.engine): Promise<LoadedMappings> {
    const { config } = this.#parts;
    const context = this.context;
    const loaded = await loadMappings(config.mappings, shownPath(config.mappings), context);
    const faults = [...loaded.faults];
    const tested = async (mapping: Mapping): Promise<{ failures: Fault[]; undecided: boolean }> => {
      const results = await runTests(mapping, {
        engine,
        stages: stagesOfAll(config),
        record: context.targets.get(mapping.to)?.record ?? mixed(),
      });
      faults.push(...results.flatMap(({ again }) => again ?? []));
      return {
        failures: results.flatMap(({ fault }) => fault ?? []),
        undecided: results.some(({ undecided }) => undecided === true),
      };
    };
    const mappings: Mapping[] = [];
    const refused: RefusedFile[] = [];
    for (const file of loaded.refused) {
      const { failures } = file.untested === undefined ? { failures: [] } : await tested(file.untested);
      faults.push(...failures);
      refused.push({ ...file, faults: [...file.faults, ...failures] });
    }
    for (const mapping of loaded.mappings) {
      const { failures, undecided } = await tested(mapping);
      faults.push(...failures);
      if (failures.length === 0) mappings.push(mapping);
      else
        refused.push({
          file: failures[0]?.file ?? mapping.file,
          name: mapping.name,
          faults: failures,
          untested: mapping,
          undecided,
        });
    }
    return { mappings, faults, refused };
  }

  /** Takes the good files into use, and the last good versions of the others; returns how many mappings work. */
  async load(): Promise<number> {
    return this.#take(await this.read());
  }

  /**
   * The same while events are mapped: the tests run in a thread of their own, so that none of them holds an event up.
   */
  async reload(): Promise<number> {
    const engine = new MappingEngine({ deadline: this.#parts.config.formulas.deadline });
    try {
      return await this.#take(await this.read(engine));
    } finally {
      await engine.close();
    }
  }

  async #take(loaded: LoadedMappings): Promise<number> {
    const { versions, now } = this.#parts;
    for (const mapping of loaded.mappings) {
      await versions.keep(
        basename(mapping.file),
        { hash: mapping.hash, mapping: mapping.name, content: mapping.version },
        now(),
      );
    }
    const refused: RefusedMapping[] = [];
    for (const file of loaded.refused) refused.push({ ...file, instead: await this.#lastGood(file, loaded.mappings) });
    this.#current = [...loaded.mappings, ...refused.flatMap(({ instead }) => instead ?? [])];
    this.#constants.clear();
    this.#faults = loaded.faults;
    this.#refused = refused;
    return this.#current.length;
  }

  async #lastGood(refused: RefusedFile, good: readonly Mapping[]): Promise<Mapping | undefined> {
    const version = await this.#parts.versions.lastGood(basename(refused.file));
    // Its name may live on in another file by now.
    if (version === undefined || good.some((mapping) => mapping.name === version.mapping)) return undefined;
    return (await readVersion(version.content, refused.file, this.context)).mapping;
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
function stagesOfAll(config: Config): Config['stages'] {
  return Object.fromEntries(
    [...stageNames(config)].map((name) => [
      name,
      [config.stages, ...config.sources.map(({ stages }) => stages)].flatMap((stages) => stages[name] ?? []),
    ]),
  );
}
