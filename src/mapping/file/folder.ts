import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Fault } from '../../files/fault.ts';
import type { Text } from '../../text.ts';
import { type Dictionaries, loadDictionaries } from '../dictionaries/dictionaries.ts';
import { type FileReading, type MappingContext, readMappingFile } from './mapping-file.ts';
import type { Mapping } from '../mapping.ts';

export interface LoadedMappings {
  /** The good ones, by file name. */
  readonly mappings: readonly Mapping[];
  /** Errors and warnings of all files, dictionaries included. */
  readonly faults: readonly Fault[];
  /** The files that gave no mapping. */
  readonly refused: readonly RefusedFile[];
}

export interface RefusedFile {
  /** As shown to people. */
  readonly file: string;
  /** Undefined when not even the name can be read. */
  readonly name: string | undefined;
  /** What is wrong with it, warnings included. */
  readonly faults: readonly Fault[];
  /** What its tests can be run on, where only the bodies of some cannot be read. */
  readonly untested?: Mapping;
}

/**
 * The mapping files directly in a folder, sorted by name; what lies deeper is not loaded, `dictionaries` apart. A
 * faulty file
 * is refused alone. A name belongs to the first file that bears it, also when that file is faulty: fixing one file must
 * not hand its name over to another in between.
 */
export async function loadMappings(folder: string, shown: string, context: MappingContext): Promise<LoadedMappings> {
  const listing = await filesOf(folder);
  if (listing === undefined) return { mappings: [], refused: [], faults: [faultOf(shown, missingFolder)] };
  const dictionaries = await loadDictionaries(join(folder, 'dictionaries'), join(shown, 'dictionaries'));
  const owners = new Map<string, string>();
  const mappings: Mapping[] = [];
  const refused: RefusedFile[] = [];
  const faults: Fault[] = [...dictionaries.faults];
  for (const name of listing) {
    const file = join(shown, name);
    const reading = refuseDuplicate(await readFileOf(join(folder, name), file, context, dictionaries), file, owners);
    faults.push(...reading.faults);
    const { mapping, untested } = reading;
    if (mapping === undefined)
      refused.push({ file, name: reading.name, faults: reading.faults, ...(untested !== undefined && { untested }) });
    else mappings.push(mapping);
  }
  return { mappings, faults, refused };
}

async function readFileOf(
  path: string,
  shown: string,
  context: MappingContext,
  dictionaries: Dictionaries,
): Promise<FileReading> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    return { mapping: undefined, name: undefined, faults: [faultOf(shown, unreadable)] };
  }
  try {
    return await readMappingFile(
      path,
      shown,
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      context,
      dictionaries,
    );
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { mapping: undefined, name: undefined, faults: [faultOf(shown, notUtf8)] };
    throw error;
  }
}

/** The owner's file is named, so that people find the other one. */
function refuseDuplicate(reading: FileReading, file: string, owners: Map<string, string>): FileReading {
  const { name, mapping, untested, faults } = reading;
  if (name === undefined) return reading;
  const owner = owners.get(name);
  if (owner === undefined) {
    owners.set(name, file);
    return reading;
  }
  const text = {
    ru: `имя «${name}» уже занял файл ${owner}: дайте этому маппингу другое`,
    en: `the name "${name}" is taken by ${owner}: give this mapping another one`,
  };
  const fault = (mapping ?? untested)?.faultAt(['mapping'], text) ?? faultOf(file, text);
  return { mapping: undefined, name, faults: [...faults, fault] };
}

async function filesOf(folder: string): Promise<string[] | undefined> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(
        (entry) =>
          !entry.isDirectory() && ['.yaml', '.yml'].includes(extname(entry.name)) && !entry.name.startsWith('.'),
      )
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return undefined;
  }
}

function faultOf(file: string, text: Text): Fault {
  return { file, line: 1, column: 1, level: 'error', text };
}

const missingFolder: Text = {
  ru: 'папки маппингов нет или она не читается: создайте её или исправьте mappings в connector.yaml',
  en: 'the folder of mappings does not exist or cannot be read: make it, or mend mappings in connector.yaml',
};
const unreadable: Text = {
  ru: 'файл не читается: проверьте права доступа',
  en: 'the file cannot be read: check its permissions',
};
const notUtf8: Text = {
  ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8',
  en: 'the file is not UTF-8: save it as UTF-8',
};
