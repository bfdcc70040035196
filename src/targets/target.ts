import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Schema } from 'yup';
import type { axiosOf } from '../../adapters/http/axios-of.ts';
import type { Adapter, AdapterClass, AdapterTools, WrittenPlace } from '../adapter.ts';
import type { Config, TargetConfig } from '../config/config.ts';
import { withVariables } from '../config/empty-variable.ts';
import { guessed } from '../files/did-you-mean.ts';
import { type Fault, FaultyFileError, type Position } from '../files/fault.ts';
import { errorPlace } from '../process/error-place.ts';
import { HeldAdapter, heldClass } from './held-class.ts';
import { type FoundAdapter, importAdapter } from './own-adapter.ts';
import type { Text } from '../text.ts';
import { secretsOf } from './secrets.ts';
import { validate } from '../files/validation.ts';
import type { YamlDocument } from '../files/yaml-document.ts';

/** A configured destination whose adapter class is found and whose settings fit it. */
export interface Target {
  readonly name: string;
  readonly config: TargetConfig;
  readonly adapter: AdapterClass;
  /** Of a class of somebody's own; undefined for a shipped one. */
  readonly file?: string | undefined;
  /** As the adapter's schema cast them. */
  readonly settings: unknown;
  /** Texts of the settings that open a door: nothing that is kept or shown may hold them. */
  readonly secrets?: readonly string[];
  /** Deliveries under way at a time. */
  readonly concurrency: number;
  /** Milliseconds for one HTTP request. */
  readonly timeout: number;
  /** The folder of this machine that it writes to, absolute; undefined for targets elsewhere. */
  readonly folder?: string | undefined;
  /** Whether that folder is made when it is missing. */
  readonly createsFolder?: boolean | undefined;
  /** What mappings to it are checked against. */
  readonly record: Schema;
  /** What a mapping without `order` gets. */
  readonly order: 'strict' | 'none';
  /** What follows an unknown outcome: it is tried again (by adapters that look first, safely), or a person decides. */
  readonly unknown: 'again' | 'dead';
}

/** The one place that knows the shipped adapters; each is loaded when a target names it, for start-up is measured. */
const shipped: Readonly<Record<string, () => Promise<{ readonly default: AdapterClass }>>> = {
  csv: () => import('../../adapters/csv.ts'),
  rest: () => import('../../adapters/rest.ts'),
  'onec-odata': () => import('../../adapters/onec-odata.ts'),
  'onec-xml': () => import('../../adapters/onec-xml.ts'),
  telegram: () => import('../../adapters/telegram.ts'),
  slack: () => import('../../adapters/slack.ts'),
  mattermost: () => import('../../adapters/mattermost.ts'),
  bitrix24: () => import('../../adapters/bitrix24.ts'),
  mail: () => import('../../adapters/mail.ts'),
};

/** What shipped adapters are called in connector.yaml. */
export const shippedNames: readonly string[] = Object.keys(shipped);

/** Every shipped adapter class by its name, for whoever describes them all. */
export async function shippedAdapters(): Promise<ReadonlyMap<string, AdapterClass>> {
  return new Map(
    await Promise.all(Object.entries(shipped).map(async ([name, load]) => [name, (await load()).default] as const)),
  );
}

/** What is made of the targets of a config. */
interface LoadedTargets {
  readonly targets: readonly Target[];
  readonly faults: readonly Fault[];
  /** Targets whose class does not load, and why: a service holds what they are owed and serves all the same. */
  readonly held: readonly { readonly target: Target; readonly fault: Fault }[];
}

/** Finds each target's adapter class and checks its settings; a faulty target is left out and reported. */
export async function loadTargets(config: Config, document: YamlDocument): Promise<LoadedTargets> {
  const targets: Target[] = [];
  const faults: Fault[] = [];
  const held: { readonly target: Target; readonly fault: Fault }[] = [];
  const writers = new Map<string, string>();
  for (const target of config.targets) {
    const found = await findAdapter(target.adapter, dirname(config.file));
    if ('text' in found) {
      const { ru, en } = found.text;
      const text = { ru: `цель «${target.name}»: ${ru}`, en: `target "${target.name}": ${en}` };
      const fault = document.fault(['targets', target.name, 'adapter'], text);
      if (found.file === undefined) faults.push(fault);
      else held.push({ target: targetOf(target, heldClass(found.text), found.file, {}), fault });
      continue;
    }
    const { value, problems } = validate(found.adapter.settings, target.settings);
    const place = ['targets', target.name, 'settings'];
    if (!target.unsettled)
      faults.push(...document.faultsOf(withVariables(problems, document, target.settings, place), place));
    const written = problems.length === 0 ? placeOf(found.adapter, value, target.name, config.file) : undefined;
    const file = written?.file === undefined ? undefined : join(written.folder, written.file);
    const writer = file === undefined ? undefined : writers.get(file);
    if (file !== undefined && writer === undefined) writers.set(file, target.name);
    if (writer !== undefined)
      faults.push(
        document.fault(['targets', target.name], sameFile(target.name, writer, written?.file ?? ''), { atKey: true }),
      );
    else if (target.unknown === 'look' && found.adapter.looks !== true)
      faults.push(document.fault(['targets', target.name, 'unknown'], cannotLook));
    else if (problems.length === 0 || target.unsettled) {
      const { folder, create: createsFolder = false } = written ?? {};
      targets.push({ ...targetOf(target, found.adapter, found.file, value), folder, createsFolder });
    }
  }
  return { targets, faults, held };
}

function targetOf(config: TargetConfig, adapter: AdapterClass, file: string | undefined, settings: unknown): Target {
  return {
    name: config.name,
    config,
    adapter,
    file,
    settings,
    secrets: secretsOf(settings),
    record: adapter.record,
    concurrency: config.concurrency ?? adapter.defaults?.concurrency ?? 4,
    timeout: config.timeout ?? adapter.defaults?.timeout ?? 30_000,
    order: config.order ?? (adapter.order === 'none' ? 'none' : 'strict'),
    unknown: config.unknown === 'dead' ? 'dead' : 'again',
  };
}

/** What the composition lends; HTTP is added here, for here alone src knows adapters/. */
export type LentTools = Omit<AdapterTools, 'http'>;

/** Loaded with the first adapter of somebody's own: shipped ones speak HTTP by other means, and a start is measured. */
let kit: { readonly axiosOf: typeof axiosOf } | undefined;

/**
 * Settings were cast by the class's own schema, which the type system cannot see. Throws FaultyFileError when the
 * class does not come to life.
 */
export function createAdapter(target: Target, lent: LentTools): Adapter<never> {
  const http: AdapterTools['http'] = (settings) => {
    if (kit === undefined) throw new Error('tools.http is for adapters of your own');
    return kit.axiosOf(settings, lent);
  };
  const tools: AdapterTools = { ...lent, http };
  try {
    return Reflect.construct(target.adapter, [target.settings, tools]);
  } catch (error) {
    throw new FaultyFileError([constructorFault(target, error)]);
  }
}

/** For a service: a class of somebody's own that throws in its constructor holds its target and ends nothing. */
export function livingAdapter(
  target: Target,
  lent: LentTools,
): { readonly adapter: Adapter<never>; readonly fault?: Fault } {
  try {
    return { adapter: createAdapter(target, lent) };
  } catch (error) {
    const [fault] = error instanceof FaultyFileError ? error.faults : [];
    if (target.file === undefined || fault === undefined) throw error;
    return { adapter: new HeldAdapter(fault.text), fault };
  }
}

/** In the file of the class; a shipped one has none. */
function constructorFault({ name, adapter, file, config }: Target, error: unknown): Fault {
  const place = errorPlace(error);
  return {
    file: file ?? config.adapter,
    ...positionIn(place),
    level: 'error',
    text: {
      ru: `цель «${name}»: класс ${adapter.type} бросил исключение в конструкторе: ${place}; исправьте класс или settings цели`,
      en:
        `target "${name}": the class ${adapter.type} threw in its constructor: ${place}; mend the class, or ` +
        'the settings of the target',
    },
  };
}

function positionIn(place: string): Position {
  const [, line = '1', column = '1'] = /:(\d+):(\d+)$/.exec(place) ?? [];
  return { line: Number(line), column: Number(column) };
}

function placeOf(
  adapter: AdapterClass,
  settings: unknown,
  target: string,
  configFile: string,
): WrittenPlace | undefined {
  if (adapter.writes === undefined) return undefined;
  const resolvePath = (path: string): string => resolve(dirname(configFile), path);
  return Reflect.apply(adapter.writes, adapter, [settings, { target, resolvePath }]);
}

/** Each keeps a journal of its own and takes the other's rows for somebody's edits. */
function sameFile(target: string, writer: string, file: string): Text {
  return {
    ru: `«${target}» пишет в тот же файл, что и «${writer}» (${file}): дайте одной из этих целей другую папку или другое имя файла`,
    en:
      `"${target}" writes the same file as "${writer}" (${file}): give one of these targets another folder or ` +
      'another file name',
  };
}

const cannotLook: Text = {
  ru: 'этот адаптер не умеет проверять, есть ли запись у цели: выберите retry (повторить) или dead (решит человек)',
  en: 'this adapter cannot find out whether the target has a record: choose retry, or dead for a person to decide',
};

async function findAdapter(name: string, folder: string): Promise<FoundAdapter> {
  const load = Object.hasOwn(shipped, name) ? shipped[name] : undefined;
  if (load !== undefined) return { adapter: (await load()).default, file: undefined };
  if (/[./\\]/.test(name)) {
    kit ??= await import('../../adapters/http/axios-of.ts');
    return importAdapter(isAbsolute(name) ? name : resolve(folder, name));
  }
  const known = Object.keys(shipped);
  const guess = guessed(name, known);
  return {
    text: {
      ru: `адаптера «${name}» нет${guess.ru}; есть: ${known.join(', ')}, или укажите путь к файлу со своим классом: ./my-adapters/sap.ts`,
      en: `there is no adapter "${name}"${guess.en}; there are: ${known.join(', ')}, or name the file of a class of your own: ./my-adapters/sap.ts`,
    },
  };
}
