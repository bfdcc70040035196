import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Fault } from '../../files/fault.ts';
import { isLeaving } from '../../files/leaving.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { Text } from '../../text.ts';
import { RestingWorker } from '../../process/resting-worker.ts';
import { workerBeside } from '../../process/worker-place.ts';
import { decodeText } from './charset.ts';
import type { Dictionary } from './dictionary.ts';
import { readTables, type SheetEntries, type TableFile } from './read-tables.ts';
import { readYamlDictionary } from './yaml-dictionary.ts';

/** The files of the folder `dictionaries`, by name without extension. */
export interface Dictionaries {
  readonly entries: ReadonlyMap<string, Dictionary>;
  /** Names of those whose file cannot be used; a further sheet with what is wrong there, as nobody need look at it. */
  readonly faulty: ReadonlyMap<string, Fault | undefined>;
  readonly faults: readonly Fault[];
}

export const noDictionaries: Dictionaries = { entries: new Map(), faulty: new Map(), faults: [] };

/** Bytes: some hundred thousand lines. */
const fileLimit = 20 * 1024 ** 2;

/**
 * A folder that does not exist holds none. A workbook's first sheet bears the name of the file, every sheet that of
 * `file/sheet` too. `shown` is the folder as people should see it.
 */
export async function loadDictionaries(folder: string, shown: string): Promise<Dictionaries> {
  const entries = new Map<string, Dictionary>();
  const faulty = new Map<string, Fault | undefined>();
  const faults: Fault[] = [];
  const { files, alike } = await filesOf(folder);
  for (const file of alike)
    faults.push({ file: join(shown, file), line: 1, column: 1, level: 'warning', text: notRead });
  for (const file of files) {
    const extension = extensionOf(file);
    const name = file.slice(0, -extension.length).normalize('NFC');
    const place = join(shown, file);
    const [first, ...sheets] = await readDictionary(join(folder, file), place, extension);
    if (entries.has(name) || faulty.has(name)) {
      faults.push({ file: place, line: 1, column: 1, level: 'error', text: twice(name) });
      continue;
    }
    faults.push(...(first?.faults ?? []));
    for (const each of [first, ...sheets]) {
      if (each === undefined) continue;
      const own = each.sheet === undefined ? name : `${name}/${each.sheet.normalize('NFC')}`;
      const wrong = each.faults.find(({ level }) => level === 'error');
      if (wrong !== undefined) faulty.set(own, each.sheet === undefined ? undefined : wrong);
      else entries.set(own, new Map(each.entries));
    }
  }
  return { entries, faulty, faults };
}

function twice(name: string): Text {
  return {
    ru: `словарь «${name}» уже есть в другом файле этой папки: оставьте один`,
    en: `another file of this folder is the dictionary "${name}" already: keep one of them`,
  };
}

/** Bytes of a CSV that is parsed in place: some thousand lines, a few milliseconds. */
const inPlace = 65_536;

const thread = new RestingWorker<TableFile, readonly SheetEntries[]>({
  file: workerBeside(import.meta.url, './table-thread'),
  name: 'tables',
  lives: 'in a thread',
  memory: 512,
  deadline: 20_000,
  rest: 5_000,
});

async function readDictionary(path: string, shown: string, extension: string): Promise<readonly SheetEntries[]> {
  const file = await readPlainFile(path, fileLimit);
  if (!file.ok) return unusable(shown, file.text);
  try {
    if (extension !== '.csv' && extension !== '.xlsx') {
      const { entries, faults } = await readYamlDictionary(shown, decodeText(file.bytes));
      return [{ sheet: undefined, entries: [...entries], faults }];
    }
    const table = { file: shown, bytes: file.bytes, kind: extension === '.csv' ? 'csv' : 'xlsx' } as const;
    return extension === '.csv' && file.bytes.length <= inPlace ? await readTables(table) : await thread.ask(table);
  } catch {
    return unusable(shown, { ru: 'файл словаря не удалось разобрать', en: 'the dictionary could not be read' });
  }
}

function unusable(file: string, text: Text): readonly SheetEntries[] {
  return [{ sheet: undefined, entries: [], faults: [{ file, line: 1, column: 1, level: 'error', text }] }];
}

async function filesOf(folder: string): Promise<{ readonly files: string[]; readonly alike: string[] }> {
  try {
    const names = (await readdir(folder)).filter((file) => !isLeaving(file)).toSorted();
    const [files, others] = [names.filter(isDictionary), names.filter((file) => !isDictionary(file))];
    return { files, alike: others.filter((file) => tables.test(file) && !/^readme/i.test(file)) };
  } catch {
    return { files: [], alike: [] };
  }
}

function isDictionary(file: string): boolean {
  return ['.csv', '.xlsx', '.yaml', '.yml'].includes(extensionOf(file));
}

/** What bears the name of a table that is not read. */
const tables = /\.(?:csv|tsv|tab|txt|xls[xmb]?|ods|ya?ml)(?:\.[^.]{1,10})?$/i;

const notRead: Text = {
  ru: 'похоже на словарь, но не читается: имя файла должно кончаться на .csv, .xlsx, .yaml или .yml (Windows прячет лишнее «.txt»)',
  en:
    'this looks like a dictionary and is not read: its name has to end in .csv, .xlsx, .yaml or .yml (Windows hides ' +
    'a further ".txt")',
};

/** Windows makes no difference between `.csv` and `.CSV`, and writes both. */
function extensionOf(file: string): string {
  return extname(file).toLowerCase();
}
