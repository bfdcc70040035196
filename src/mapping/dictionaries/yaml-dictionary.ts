import { mixedWord, twoAlphabets } from '../../files/alphabets.ts';
import { readYaml } from '../../files/read-yaml.ts';
import type { Fault } from '../../files/fault.ts';
import type { YamlNode } from '../../files/yaml-tree.ts';
import type { Json } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import type { DictionaryReading } from './dictionary.ts';
import { dictionaryKey } from './dictionary-key.ts';
import { spoiltText } from './spoilt-text.ts';

/** One `key: value` a line; a value may be a text, a number, true, false or null (no value). */
export async function readYamlDictionary(file: string, text: string): Promise<DictionaryReading> {
  const document = await readYaml(file, text);
  const entries = new Map<string, Json>();
  if (document.faults.length > 0) return { entries, faults: document.faults };
  const { root } = document;
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) return { entries, faults: [] };
  if (root.kind !== 'map') return { entries, faults: [document.fault([], noMap)] };
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  for (const { key, keyStart, value } of root.pairs) {
    const place = { file, level: 'error', ...document.positionAt(keyStart) } as const;
    const name = dictionaryKey(key) ?? '';
    const text = name === '' ? emptyKey : (earlierKey(name, lines.get(name)) ?? valueFault(name, value));
    const found = value?.kind === 'scalar' ? value.value : null;
    const spoilt = [name, found].flatMap((each) => (typeof each === 'string' ? (spoiltText(each) ?? []) : []))[0];
    const wrong = text ?? spoilt;
    if (wrong === undefined) entries.set(name, found);
    else faults.push({ ...place, text: wrong });
    const mixed = mixedWord(name) ?? (typeof found === 'string' ? mixedWord(found) : undefined);
    if (mixed !== undefined) faults.push({ ...place, level: 'warning', text: twoAlphabets(mixed) });
    if (!lines.has(name)) lines.set(name, place.line);
  }
  return { entries, faults };
}

function valueFault(name: string, value: YamlNode | undefined): Text | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== 'scalar')
    return {
      ru: `значение ключа «${name}» — не простое: нужен текст или число`,
      en: `the value of the key "${name}" is not plain: a text or a number is needed`,
    };
  if (value.style !== 'plain' || typeof value.value !== 'number' || String(value.value) === value.source)
    return undefined;
  return {
    ru: `число ${value.source} превратилось бы в ${value.value}: возьмите его в кавычки`,
    en: `the number ${value.source} would turn into ${value.value}: quote it`,
  };
}

function earlierKey(name: string, earlier: number | undefined): Text | undefined {
  return earlier === undefined
    ? undefined
    : {
        ru: `ключ «${name}» уже есть в строке ${earlier}: оставьте одну`,
        en: `the key "${name}" is there already in line ${earlier}: keep one of them`,
      };
}

const emptyKey: Text = { ru: 'ключ пуст или не текст', en: 'the key is empty or no text' };
const noMap: Text = {
  ru: 'словарь состоит из строк «ключ: значение»',
  en: 'a dictionary is made of lines `key: value`',
};
