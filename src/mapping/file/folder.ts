import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../../files/fault.ts';
import { isLeaving } from '../../files/leaving.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { unicodeText } from '../../files/unicode-text.ts';
import type { Text } from '../../text.ts';
import { type Dictionaries, loadDictionaries } from '../dictionaries/dictionaries.ts';
import { type FileReading, type MappingContext, readMappingFile } from './mapping-file.ts';
import type { Mapping } from './mapping.ts';

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
  /** It can be tried by hand: nothing but its tests fails, or only their bodies cannot be read. */
  readonly untested?: Mapping;
  /** A test of it had no time, twice: on a quieter machine it may pass. */
  readonly undecided?: boolean;
}

/** Bytes: a hundred times the largest one that we have seen. */
const fileLimit = 2 * 1024 ** 2;

/**
 * The mapping files directly in a folder, sorted by name; what lies deeper is not loaded, `dictionaries` apart. A
 * faulty file is refused alone. A name belongs to the first file that bears it, also when that file is faulty: fixing
 * one file must not hand its name over to another in between.
 */
export async function loadMappings(folder: string, shown: string, context: MappingContext): Promise<LoadedMappings> {
  const listing = await filesOf(folder);
  if (listing === undefined) return { mappings: [], refused: [], faults: [faultOf(shown, missingFolder)] };
  const dictionaries = await loadDictionaries(join(folder, 'dictionaries'), join(shown, 'dictionaries'));
  const owners = new Map<string, string>();
  const mappings: Mapping[] = [];
  const refused: RefusedFile[] = [];
  const faults: Fault[] = [...dictionaries.faults];
  for (const name of listing.alike) faults.push({ ...faultOf(join(shown, name), notLoaded), level: 'warning' });
  for (const name of listing.names) {
    await turn(); // each file is bounded, and between two of them webhooks are answered
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
  const file = await readPlainFile(path, fileLimit);
  if (!file.ok) return refused(faultOf(shown, file.text));
  const text = unicodeText(file.bytes);
  if (text === undefined) return refused(faultOf(shown, notUtf8));
  try {
    return await readMappingFile(path, shown, text, context, dictionaries);
  } catch (error) {
    // Whatever it is, it is this file's: the others are read, and the service goes on.
    return refused(faultOf(shown, error instanceof RangeError ? tooComplex : unforeseen(error)));
  }
}

function refused(fault: Fault): FileReading {
  return { mapping: undefined, name: undefined, faults: [fault] };
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

/** What bears the name of a mapping file, plain file or not. */
async function filesOf(folder: string): Promise<{ readonly names: string[]; readonly alike: string[] } | undefined> {
  try {
    const names = (await readdir(folder)).filter((name) => !isLeaving(name)).toSorted();
    const alike = /\.ya?ml[^/]{0,20}$/i;
    return {
      names: names.filter(isMappingFile),
      alike: names.filter((name) => !isMappingFile(name) && alike.test(name)),
    };
  } catch {
    return undefined;
  }
}

function isMappingFile(name: string): boolean {
  return ['.yaml', '.yml'].includes(extname(name));
}

function faultOf(file: string, text: Text): Fault {
  return { file, line: 1, column: 1, level: 'error', text };
}

const missingFolder: Text = {
  ru: 'папки маппингов нет или она не читается: создайте её или исправьте mappings в connector.yaml',
  en: 'the folder of mappings does not exist or cannot be read: make it, or mend mappings in connector.yaml',
};
const notLoaded: Text = {
  ru: 'похоже на маппинг, но не читается: имя файла должно кончаться на .yaml (Windows прячет лишнее «.txt»)',
  en: 'this looks like a mapping and is not read: its name has to end in .yaml (Windows hides a further ".txt")',
};
const tooComplex: Text = {
  ru: 'файл слишком сложен: упростите самые длинные и самые вложенные формулы',
  en: 'the file is too complex: simplify its longest and most nested formulas',
};
function unforeseen(error: unknown): Text {
  const name = error instanceof Error ? error.name : 'Error';
  return {
    ru: `файл не удалось прочитать (непредвиденная ошибка ${name}): сообщите о ней разработчикам`,
    en: `the file could not be read (an unforeseen ${name}): please report it`,
  };
}
const notUtf8: Text = {
  ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8',
  en: 'the file is not UTF-8: save it as UTF-8',
};
