import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is said of a person in a literal of a test: a field of names and its value, or a whole name in a text. */
const named =
  /(?:last_name|first_name|middle_name|whom_name|displayName|Фамилия|Имя|Отчество|ФИО|surname|patronymic)['"]?: ?(['"`])([^'"`\n]{3,80})\1/gu;
const whole = /\p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}+(?:ович|евич|овна|евна|ична|ич)(?!\p{L})/gu;
const word = /\p{Script=Cyrillic}{4,}/gu;
const common = /(?<!\p{L})[а-яё]{4,}/gu;
const capital = /^\p{Lu}\p{Ll}+$/u;

/**
 * Names that tests made up where they needed one, in lower case → the file that did. A word that the product says
 * in lower case is nobody's name.
 */
export function namesInSources(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const path of filesBelow('test', ['.ts'])) {
    const text = readFileSync(path, 'utf8');
    const literals = [...Array.from(text.matchAll(named), (found) => found[2] ?? ''), ...(text.match(whole) ?? [])];
    for (const literal of literals)
      for (const each of literal.match(word) ?? [])
        if (capital.test(each)) names.set(each.toLowerCase(), relative('.', path));
  }
  for (const path of ['src', 'adapters'].flatMap((folder) => filesBelow(folder, ['.ts'])))
    for (const own of readFileSync(path, 'utf8').match(common) ?? []) names.delete(own);
  return names;
}

function filesBelow(folder: string, endings: readonly string[]): string[] {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.includes('node_modules'))
    .map((name) => `${root}/${name}`);
}
