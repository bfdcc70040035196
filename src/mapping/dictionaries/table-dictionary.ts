import { mixedWord, twoAlphabets } from '../../files/alphabets.ts';
import type { Fault } from '../../files/fault.ts';
import type { Json } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import type { Table, TableRow } from './csv-table.ts';
import { dictionaryKey } from './dictionary-key.ts';
import { spoiltText } from './spoilt-text.ts';

/** What a table says, as plain data. */
export interface TableEntries {
  readonly entries: readonly (readonly [string, Json])[];
  readonly faults: readonly Fault[];
}

const keyWords: ReadonlySet<string> = new Set(['key', 'ключ']);
const valueWords: ReadonlySet<string> = new Set(['value', 'значение']);
/** Rows in which a heading is looked for: a title and a note may stand above it. */
const headingRows = 10;

/**
 * First column: what is looked up; second: what is found, as text, empty for no value; more columns are notes. A row
 * with the heading `key` or `ключ` names its columns, and `value` or `значение` the other one; what stands above it is
 * left out. Any other heading is an entry that nobody looks up, and does no harm.
 */
export function entriesOf(file: string, { rows, fault: broken }: Table): TableEntries {
  const entries = new Map<string, Json>();
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  const fault = (line: number, text: Text, level: Fault['level'] = 'error'): void =>
    void (faults.length < faultLimit && faults.push({ file, line, column: 1, level, text }));
  const { keyColumn, valueColumn, from } = columnsOf(rows);
  for (const { line, cells, spoilt } of rows.slice(from)) {
    const key = dictionaryKey(cells[keyColumn] ?? '') ?? '';
    const value = cells[valueColumn];
    const earlier = lines.get(key);
    const wrong = [keyColumn, valueColumn].flatMap((at) => spoilt?.get(at) ?? spoiltText(cells[at] ?? '') ?? [])[0];
    if (wrong !== undefined) fault(line, wrong);
    else if (key === '' && (value ?? '').trim() === '') continue; // a note beside the table
    else if (value === undefined) fault(line, oneColumn);
    else if (key === '') fault(line, noKey);
    else if (earlier !== undefined && entries.get(key) === valueOf(value)) continue; // the same said twice
    else if (earlier !== undefined)
      fault(line, {
        ru: `ключ «${key}» уже есть в строке ${earlier}: оставьте одну`,
        en: `the key "${key}" is there already in line ${earlier}: keep one of them`,
      });
    else {
      lines.set(key, line);
      entries.set(key, valueOf(value));
      const mixed = mixedWord(key) ?? mixedWord(value);
      if (mixed !== undefined) fault(line, twoAlphabets(mixed), 'warning');
    }
  }
  const [first] = rows.slice(from);
  if (broken !== undefined) fault(broken.line, broken.text);
  else if (first !== undefined && entries.size === 0 && faults.length === 0) fault(first.line, noKey);
  else if (rows.length === 0) fault(1, { ru: 'файл словаря пуст', en: 'the file of the dictionary is empty' });
  return { entries: [...entries], faults };
}

function valueOf(cell: string): string | null {
  return cell.trim() === '' ? null : cell.trim();
}

const faultLimit = 100;

function columnsOf(rows: readonly TableRow[]): {
  readonly keyColumn: number;
  readonly valueColumn: number;
  readonly from: number;
} {
  for (const [index, { cells }] of rows.slice(0, headingRows).entries()) {
    const words = cells.map((cell) => cell.trim().toLowerCase());
    const keyColumn = words.findIndex((word) => keyWords.has(word));
    const valueColumn = words.findIndex((word) => valueWords.has(word));
    if (keyColumn !== -1 && valueColumn !== -1) return { keyColumn, valueColumn, from: index + 1 };
    if (keyColumn === 0 && index === 0) return { keyColumn: 0, valueColumn: 1, from: 1 };
  }
  return { keyColumn: 0, valueColumn: 1, from: 0 };
}

const noKey: Text = { ru: 'первый столбец пуст', en: 'the first column is empty' };
const oneColumn: Text = {
  ru: 'в строке один столбец, а нужны два: что ищут и что находят (между ними «;», «,» или табуляция)',
  en: 'the row has one column and needs two: what is looked up and what is found (with ; or , or a tab between)',
};
