import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isSchema } from 'yup';
import type { AdapterClass } from '../adapter.ts';
import { errorCode } from '../process/error-code.ts';
import { errorPlace } from '../process/error-place.ts';
import type { Text } from '../text.ts';
import { lendOurModules } from './lent-modules.ts';
import { refuseExitFrom } from './no-exit.ts';
import { property } from '../process/property.ts';

/** A class, with the file it came from unless it is a shipped one; or why there is none. */
export type FoundAdapter =
  | { readonly adapter: AdapterClass; readonly file: string | undefined }
  | { readonly text: Text; /** The file is there, and what is in it does not work. */ readonly file?: string };

/** Loads a class of somebody's own from its file. */
export async function importAdapter(file: string): Promise<FoundAdapter> {
  lendOurModules();
  refuseExitFrom(file);
  let exported: unknown;
  try {
    const module = await loaded(file);
    exported = module['default'];
  } catch (error) {
    const why = whyNotLoaded(error);
    return {
      ...(existsSync(file) && { file }),
      text: {
        ru: `файл адаптера не загружается: ${file}: ${why}`,
        en: `the adapter file cannot be loaded: ${file}: ${why}`,
      },
    };
  }
  if (isAdapterClass(exported)) return { adapter: exported, file };
  const missing = missingIn(exported).join(', ');
  return {
    file,
    text: {
      ru: `файл адаптера ${file} должен экспортировать по умолчанию класс со статическими type, settings и record (схемы yup) и методом deliver; не хватает: ${missing}`,
      en:
        `the adapter file ${file} must export by default a class with static type, settings and record (yup schemas) ` +
        `and a method deliver; missing: ${missing}`,
    },
  };
}

/** Milliseconds; a file that waits for something while it is loaded would hold up the start. */
const longestLoad = 10_000;

class StillLoadingError extends Error {
  override readonly name = 'StillLoadingError';
  readonly code = 'ERR_STILL_LOADING';
}

async function loaded(file: string): Promise<Readonly<Record<string, unknown>>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new StillLoadingError(
      `not loaded after ${longestLoad / 1000} s: it awaits something at its top level`,
    );
    timer = setTimeout(() => reject(error), longestLoad);
  });
  try {
    return await Promise.race([import(pathToFileURL(file).href), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Node's own words about a file are for its author; what the file itself throws may quote anything. */
function whyNotLoaded(error: unknown): string {
  const own = error instanceof SyntaxError || error instanceof ReferenceError || errorCode(error)?.startsWith('ERR_');
  const words = error instanceof Error ? error.message.split('\n').find((line) => line.trim() !== '') : undefined;
  if (!own || words === undefined) return errorPlace(error);
  // The stack of a SyntaxError begins with where it is.
  const line = error instanceof SyntaxError ? /^\S*:(\d+)\n/.exec(error.stack ?? '')?.[1] : undefined;
  return `${line === undefined ? '' : `${line}: `}${words.slice(0, 500)}`;
}

const isAdapterClass = (value: unknown): value is AdapterClass => missingIn(value).length === 0;

/** What a class of the contract has and this one has not. */
function missingIn(value: unknown): readonly string[] {
  if (typeof value !== 'function') return ['export default class'];
  const found: Readonly<Record<string, boolean>> = {
    type: typeof property(value, 'type') === 'string',
    settings: isSchema(property(value, 'settings')),
    record: isSchema(property(value, 'record')),
    deliver: typeof property(property(value, 'prototype'), 'deliver') === 'function',
  };
  return Object.keys(found).filter((name) => found[name] !== true);
}
