import { pathToFileURL } from 'node:url';
import { isSchema } from 'yup';
import type { AdapterClass } from '../adapter.ts';
import { errorCode } from '../process/error-code.ts';
import { errorPlace } from '../process/error-place.ts';
import type { Text } from '../text.ts';
import { lendOurModules } from './lent-modules.ts';
import { property } from '../process/property.ts';

/** A class, with the file it came from unless it is a shipped one; or why there is none. */
export type FoundAdapter =
  | { readonly adapter: AdapterClass; readonly file: string | undefined }
  | { readonly text: Text };

/** Loads a class of somebody's own from its file. */
export async function importAdapter(file: string): Promise<FoundAdapter> {
  lendOurModules();
  let exported: unknown;
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
    exported = module['default'];
  } catch (error) {
    const why = whyNotLoaded(error);
    return {
      text: {
        ru: `файл адаптера не загружается: ${file}: ${why}`,
        en: `the adapter file cannot be loaded: ${file}: ${why}`,
      },
    };
  }
  if (isAdapterClass(exported)) return { adapter: exported, file };
  return {
    text: {
      ru: `файл адаптера ${file} должен экспортировать по умолчанию класс со статическими type, settings и record (схемы yup) и методом deliver`,
      en:
        `the adapter file ${file} must export by default a class with static type, settings and record (yup schemas) ` +
        'and a method deliver',
    },
  };
}

/** Node's own words about a file are for its author; what the file itself throws may quote anything. */
function whyNotLoaded(error: unknown): string {
  const own = error instanceof SyntaxError || error instanceof ReferenceError || errorCode(error)?.startsWith('ERR_');
  const words = error instanceof Error ? error.message.split('\n').find((line) => line.trim() !== '') : undefined;
  return own && words !== undefined ? words.slice(0, 500) : errorPlace(error);
}

function isAdapterClass(value: unknown): value is AdapterClass {
  if (typeof value !== 'function') return false;
  const prototype = property(value, 'prototype');
  return (
    typeof property(value, 'type') === 'string' &&
    isSchema(property(value, 'settings')) &&
    isSchema(property(value, 'record')) &&
    typeof property(prototype, 'deliver') === 'function'
  );
}
