import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Fault } from '../../files/fault.ts';
import type { Json } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import { YamlDocument } from '../../files/yaml-document.ts';
import type { DictionaryReading } from './dictionary.ts';
import { dictionaryKey } from './dictionary-key.ts';

/** One `key: value` a line; a value may be a text, a number, true, false or null (no value). */
export function readYamlDictionary(file: string, text: string): DictionaryReading {
  const { faults: syntax } = new YamlDocument(file, text);
  if (syntax.length > 0) return { entries: new Map(), faults: syntax };
  const lineCounter = new LineCounter();
  const { contents } = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter });
  const entries = new Map<string, Json>();
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  const fault = (offset: number, sentence: Text): void => {
    const { line, col } = lineCounter.linePos(offset);
    faults.push({ file, line: Math.max(1, line), column: Math.max(1, col), level: 'error', text: sentence });
  };
  if (contents === null) return { entries, faults };
  if (!isMap(contents)) {
    fault(contents.range[0], {
      ru: 'словарь состоит из строк «ключ: значение»',
      en: 'a dictionary is made of lines `key: value`',
    });
    return { entries, faults };
  }
  for (const { key, value } of contents.items) {
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const name = isScalar(key) ? (dictionaryKey(key.source ?? String(key.value)) ?? '') : '';
    const found: unknown = isScalar(value) ? value.value : value;
    const { line } = lineCounter.linePos(offset);
    const earlier = lines.get(name);
    if (name === '') fault(offset, { ru: 'ключ пуст или не текст', en: 'the key is empty or no text' });
    else if (earlier !== undefined)
      fault(offset, {
        ru: `ключ «${name}» уже есть в строке ${earlier}: оставьте одну`,
        en: `the key "${name}" is there already in line ${earlier}: keep one of them`,
      });
    else if (
      isScalar(value) &&
      typeof found === 'number' &&
      value.source !== undefined &&
      String(found) !== value.source
    )
      fault(offset, {
        ru: `число ${value.source} превратилось бы в ${found}: возьмите его в кавычки`,
        en: `the number ${value.source} would turn into ${found}: quote it`,
      });
    else if (found === null || typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') {
      lines.set(name, line);
      entries.set(name, found);
    } else
      fault(offset, {
        ru: `значение ключа «${name}» — не простое: нужен текст или число`,
        en: `the value of the key "${name}" is not plain: a text or a number is needed`,
      });
  }
  return { entries, faults };
}
