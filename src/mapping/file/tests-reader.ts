import { dirname, resolve } from 'node:path';
import { readPlainFile } from '../../files/plain-file.ts';
import { type JsonObject, jsonObject } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import { readBodyFile } from './body-file.ts';
import type { MappingTest } from './mapping.ts';
import type { MappingSource } from './mapping-source.ts';
import { isMap } from '../record/template.ts';

/**
 * The tests of a mapping file with their webhook bodies, but for those whose body cannot be read; `file` is the
 * absolute path that those of files start from.
 */
export async function readTests(source: MappingSource, file: string, tests: unknown): Promise<MappingTest[]> {
  const read: MappingTest[] = [];
  for (const [index, test] of (Array.isArray(tests) ? tests : []).entries()) {
    if (!isMap(test)) continue;
    const { name, given, expect } = test;
    const body = typeof given === 'string' ? await bodyOf(resolve(dirname(file), given), given) : asJson(given);
    if (body !== undefined && 'fault' in body) {
      source.error(['tests', index, 'given'], body.fault);
      continue;
    }
    const partly = isMap(expect) && Object.keys(expect).join() === 'partly' ? expect['partly'] : undefined;
    const record = expect === 'skipped' ? { json: 'skipped' as const } : asJson(isMap(partly) ? partly : expect);
    if (typeof name === 'string' && body !== undefined && record !== undefined)
      read.push({ index, name, given: body.json, expect: record.json, partly: isMap(partly) });
  }
  return read;
}

function missing(shown: string): Text {
  return {
    ru: `файла ${shown} нет: путь начинается от папки этого файла`,
    en: `there is no file ${shown}: the path starts from the folder of this file`,
  };
}

/** Bytes: a fixture is parsed in place. */
const fixtureLimit = 1024 ** 2;

async function bodyOf(path: string, shown: string): Promise<{ readonly json: JsonObject } | { readonly fault: Text }> {
  const file = await readPlainFile(path, fixtureLimit);
  const reading = file.ok ? readBodyFile(file.bytes) : file;
  if (reading.ok) return { json: reading.body };
  if (!file.ok && file.missing) return { fault: missing(shown) };
  const { ru, en } = reading.text;
  return file.ok
    ? { fault: { ru: `${shown}: ${ru}`, en: `${shown}: ${en}` } }
    : {
        fault: {
          ru: `${shown}: ${ru} (путь начинается от папки этого файла)`,
          en: `${shown}: ${en} (the path starts from the folder of this file)`,
        },
      };
}

function asJson(value: unknown): { readonly json: JsonObject } | undefined {
  return isMap(value) ? { json: jsonObject(value) } : undefined;
}
