import type { Fault } from '../../files/fault.ts';
import type { Json } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import { readCsv } from './csv-rows.ts';
import type { DictionaryReading } from './dictionary.ts';
import { dictionaryKey } from './dictionary-key.ts';

const headerWords: ReadonlySet<string> = new Set(['key', 'ключ']);

/**
 * First column: what is looked up; second: what is found, as text, empty for no value; more columns are notes. A first
 * row that begins with `key` or `ключ` is a heading; any other heading is an entry that nobody looks up, and does no
 * harm.
 */
export function readCsvDictionary(file: string, text: string): DictionaryReading {
  const { rows, unclosed } = readCsv(text);
  const entries = new Map<string, Json>();
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  const fault = (line: number, sentence: Text): void =>
    void faults.push({ file, line, column: 1, level: 'error', text: sentence });
  for (const [index, { line, cells }] of rows.entries()) {
    if (line === unclosed) continue;
    const [first = '', second] = cells;
    const key = dictionaryKey(first) ?? '';
    if (index === 0 && headerWords.has(key.toLowerCase())) continue;
    const earlier = lines.get(key);
    if (second === undefined)
      fault(line, {
        ru: 'в строке один столбец, а нужны два: что ищут и что находят (между ними «;», «,» или табуляция)',
        en: 'the row has one column and needs two: what is looked up and what is found (with ; or , or a tab between)',
      });
    else if (key === '') fault(line, { ru: 'первый столбец пуст', en: 'the first column is empty' });
    else if (earlier !== undefined)
      fault(line, {
        ru: `ключ «${key}» уже есть в строке ${earlier}: оставьте одну`,
        en: `the key "${key}" is there already in line ${earlier}: keep one of them`,
      });
    else {
      lines.set(key, line);
      entries.set(key, second.trim() === '' ? null : second.trim());
    }
  }
  if (unclosed !== undefined)
    fault(unclosed, { ru: 'кавычка открыта, но не закрыта', en: 'a quote is opened and never closed' });
  return { entries, faults };
}
