import { registerHooks } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSchema, type Schema } from 'yup';
import type { Adapter, AdapterClass, AdapterTools, WrittenPlace } from '../adapter.ts';
import type { Config, TargetConfig } from '../config/config.ts';
import { nearest } from '../files/did-you-mean.ts';
import type { Fault } from '../files/fault.ts';
import type { Text } from '../text.ts';
import { secretsOf } from './secrets.ts';
import { validate } from '../files/validation.ts';
import type { YamlDocument } from '../files/yaml-document.ts';

/** A configured destination whose adapter class is found and whose settings fit it. */
export interface Target {
  readonly name: string;
  readonly config: TargetConfig;
  readonly adapter: AdapterClass;
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

/** Every shipped adapter class by its name, for whoever describes them all. */
export async function shippedAdapters(): Promise<ReadonlyMap<string, AdapterClass>> {
  return new Map(
    await Promise.all(Object.entries(shipped).map(async ([name, load]) => [name, (await load()).default] as const)),
  );
}

/** Finds each target's adapter class and checks its settings; a faulty target is left out and reported. */
export async function loadTargets(
  config: Config,
  document: YamlDocument,
): Promise<{ readonly targets: readonly Target[]; readonly faults: readonly Fault[] }> {
  const targets: Target[] = [];
  const faults: Fault[] = [];
  const writers = new Map<string, string>();
  for (const target of config.targets) {
    const found = await findAdapter(target.adapter, dirname(config.file));
    if ('text' in found) {
      faults.push(document.fault(['targets', target.name, 'adapter'], found.text));
      continue;
    }
    const { value, problems } = validate(found.adapter.settings, target.settings);
    if (!target.unsettled) faults.push(...document.faultsOf(problems, ['targets', target.name, 'settings']));
    const place = problems.length === 0 ? placeOf(found.adapter, value, target.name, config.file) : undefined;
    const file = place?.file === undefined ? undefined : join(place.folder, place.file);
    const writer = file === undefined ? undefined : writers.get(file);
    if (file !== undefined && writer === undefined) writers.set(file, target.name);
    if (writer !== undefined)
      faults.push(
        document.fault(['targets', target.name], sameFile(target.name, writer, place?.file ?? ''), { atKey: true }),
      );
    else if (target.unknown === 'look' && found.adapter.looks !== true)
      faults.push(document.fault(['targets', target.name, 'unknown'], cannotLook));
    else if (problems.length === 0 || target.unsettled) {
      targets.push({
        name: target.name,
        config: target,
        adapter: found.adapter,
        settings: value,
        secrets: secretsOf(value),
        folder: place?.folder,
        createsFolder: place?.create ?? false,
        record: found.adapter.record,
        concurrency: target.concurrency ?? found.adapter.defaults?.concurrency ?? 4,
        timeout: target.timeout ?? found.adapter.defaults?.timeout ?? 30_000,
        order: target.order ?? (found.adapter.order === 'none' ? 'none' : 'strict'),
        unknown: target.unknown === 'dead' ? 'dead' : 'again',
      });
    }
  }
  return { targets, faults };
}

/** Settings were cast by the class's own schema, which the type system cannot see. */
export function createAdapter(target: Target, tools: AdapterTools): Adapter<never> {
  return Reflect.construct(target.adapter, [target.settings, tools]);
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

async function findAdapter(
  name: string,
  folder: string,
): Promise<{ readonly adapter: AdapterClass } | { readonly text: Text }> {
  const load = Object.hasOwn(shipped, name) ? shipped[name] : undefined;
  if (load !== undefined) return { adapter: (await load()).default };
  if (/[./\\]/.test(name)) return importAdapter(isAbsolute(name) ? name : resolve(folder, name));
  const known = Object.keys(shipped);
  const guess = nearest(name, known);
  return {
    text: {
      ru: `адаптера «${name}» нет${guess === undefined ? '' : `, возможно, «${guess}»`}; есть: ${known.join(', ')}, или укажите путь к файлу со своим классом: ./my-adapters/sap.ts`,
      en: `there is no adapter "${name}"${guess === undefined ? '' : `, did you mean "${guess}"?`}; there are: ${known.join(', ')}, or name the file of a class of your own: ./my-adapters/sap.ts`,
    },
  };
}

async function importAdapter(path: string): Promise<{ readonly adapter: AdapterClass } | { readonly text: Text }> {
  lendOurModules();
  let exported: unknown;
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    exported = module['default'];
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
    return { text: { ru: `файл адаптера не загружается: ${why}`, en: `the adapter file cannot be loaded: ${why}` } };
  }
  if (isAdapterClass(exported)) return { adapter: exported };
  return {
    text: {
      ru: 'файл адаптера должен экспортировать по умолчанию класс со статическими type, settings и record (схемы yup) и методом deliver',
      en:
        'the adapter file must export by default a class with static type, settings and record (yup schemas) ' +
        'and a method deliver',
    },
  };
}

function isAdapterClass(value: unknown): value is AdapterClass {
  if (typeof value !== 'function') return false;
  const prototype: unknown = Reflect.get(value, 'prototype');
  return (
    typeof Reflect.get(value, 'type') === 'string' &&
    isSchema(Reflect.get(value, 'settings')) &&
    isSchema(Reflect.get(value, 'record')) &&
    typeof prototype === 'object' &&
    prototype !== null &&
    typeof Reflect.get(prototype, 'deliver') === 'function'
  );
}

let lent = false;

/**
 * An adapter file may lie anywhere: what it imports from `huntflow-connector/adapter` and `yup` is found here when it
 * is not found there.
 */
function lendOurModules(): void {
  if (lent) return;
  lent = true;
  const ours = (name: string): string =>
    new URL(`../${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier === 'huntflow-connector/adapter') return { url: ours('adapter'), shortCircuit: true };
      if (specifier === 'huntflow-connector/toolkit') return { url: ours('toolkit'), shortCircuit: true };
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (specifier === 'yup' || specifier === 'axios' || specifier === 'fast-xml-parser')
          return nextResolve(specifier, { ...context, parentURL: import.meta.url });
        throw error;
      }
    },
  });
}
