import { isObject, textOf } from '../../src/huntflow/json.ts';
import type { Json } from '../../src/huntflow/json.ts';
import { huntflowFixtures } from './fixtures.ts';

/** How the personal values of a field are written down, by the field's name. Ids are none, nor are places and firms. */
const forms: Readonly<Record<string, (text: string) => readonly string[]>> = {
  first_name: words,
  last_name: words,
  middle_name: words,
  displayName: words,
  whom_name: words,
  reason_replacement: words,
  email: (text) => [text],
  phone: (text) => [text, digits(text), digits(text).slice(-10)],
  snils: (text) => [text, digits(text)],
  inn: (text) => [text],
  birthday: (text) => [text, text.split('-').toReversed().join('.')],
};

/** Whose `name` is a person's. */
const persons = ['author', 'attendees', 'creator', 'user', 'account_info', 'respondent', 'created_by'];

/** Parts of the fixtures' names that other sentences are made of too. */
const ordinary = ['First', 'Last', 'Test', 'Первая', 'Сын'];

function words(name: string): readonly string[] {
  return (name.match(/\p{Lu}\p{Ll}{2,}|\w+_\w+/gu) ?? []).filter((word) => !ordinary.includes(word));
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '');
}

interface PersonalValues {
  /** Lower case, and the same as a URL writes it → the field it stands in, e.g. `facts/02-add event.applicant.phone`. */
  readonly fields: ReadonlyMap<string, string>;
  /** Finds any of them that stands as a word of its own. */
  readonly pattern: RegExp;
}

let collected: PersonalValues | undefined;

/** Which fields of the fixtures are quoted in the text. */
export function fieldsQuotedIn(text: string): readonly string[] {
  collected ??= collect();
  const { fields, pattern } = collected;
  return [...new Set(Array.from(text.matchAll(pattern), ([found]) => fields.get(found.toLowerCase()) ?? 'a field'))];
}

function collect(): PersonalValues {
  const fields = new Map<string, string>();
  for (const { name, document } of huntflowFixtures())
    gather(document, [], (value, path) => {
      for (const written of [value, encodeURIComponent(value)]) {
        const known = written.toLowerCase();
        if (!fields.has(known)) fields.set(known, `${name} ${path.join('.')}`);
      }
    });
  const anyOf = [...fields.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join('|');
  return { fields, pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${anyOf})(?![\p{L}\p{N}])`, 'giu') };
}

function gather(json: Json, path: readonly string[], found: (value: string, path: readonly string[]) => void): void {
  if (Array.isArray(json)) for (const item of json) gather(item, path, found);
  else if (isObject(json)) for (const [key, value] of Object.entries(json)) gather(value, [...path, key], found);
  else {
    const key = path.at(-1) ?? '';
    const form = key === 'name' && persons.includes(path.at(-2) ?? '') ? words : forms[key];
    const text = textOf(json);
    if (form === undefined || text === undefined) return;
    for (const value of form(text)) found(value, path);
  }
}
