import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Fault } from '../../files/fault.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { Text } from '../../text.ts';
import { decodeText } from './csv-encoding.ts';
import { readCsvDictionary } from './csv-dictionary.ts';
import type { Dictionary, DictionaryReading } from './dictionary.ts';
import { readYamlDictionary } from './yaml-dictionary.ts';

/** The files of the folder `dictionaries`, by name without extension. */
export interface Dictionaries {
  readonly entries: ReadonlyMap<string, Dictionary>;
  /** Names of those whose file cannot be used. */
  readonly faulty: ReadonlySet<string>;
  readonly faults: readonly Fault[];
}

export const noDictionaries: Dictionaries = { entries: new Map(), faulty: new Set(), faults: [] };

/** Bytes: some hundred thousand lines. */
const fileLimit = 20 * 1024 ** 2;

/** A folder that does not exist holds none. `shown` is the folder as people should see it. */
export async function loadDictionaries(folder: string, shown: string): Promise<Dictionaries> {
  const entries = new Map<string, Dictionary>();
  const faulty = new Set<string>();
  const faults: Fault[] = [];
  for (const file of await filesOf(folder)) {
    const extension = extname(file);
    const name = file.slice(0, -extension.length).normalize('NFC');
    const reading = await readDictionary(join(folder, file), join(shown, file), extension);
    if (entries.has(name) || faulty.has(name)) {
      faults.push({
        file: join(shown, file),
        line: 1,
        column: 1,
        level: 'error',
        text: {
          ru: `словарь «${name}» уже есть в другом файле этой папки: оставьте один`,
          en: `another file of this folder is the dictionary "${name}" already: keep one of them`,
        },
      });
      continue;
    }
    faults.push(...reading.faults);
    if (reading.faults.some(({ level }) => level === 'error')) faulty.add(name);
    else entries.set(name, reading.entries);
  }
  return { entries, faulty, faults };
}

async function readDictionary(path: string, shown: string, extension: string): Promise<DictionaryReading> {
  const file = await readPlainFile(path, fileLimit);
  if (!file.ok) return faulty(shown, file.text);
  try {
    const text = decodeText(file.bytes);
    return extension === '.csv' ? readCsvDictionary(shown, text) : await readYamlDictionary(shown, text);
  } catch {
    return faulty(shown, { ru: 'файл словаря не удалось разобрать', en: 'the dictionary could not be read' });
  }
}

function faulty(file: string, text: Text): DictionaryReading {
  return { entries: new Map(), faults: [{ file, line: 1, column: 1, level: 'error', text }] };
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder);
    return files
      .filter((file) => ['.csv', '.yaml', '.yml'].includes(extname(file)) && !file.startsWith('.'))
      .toSorted();
  } catch {
    return [];
  }
}
