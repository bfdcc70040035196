import { isObject, textOf } from '../../src/huntflow/json.ts';
import type { Json } from '../../src/huntflow/json.ts';
import { huntflowFixtures } from './fixtures.ts';
import { namesInSources } from './names-in-sources.ts';

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

/** As records and answers of 1C call them. */
const recordForms: typeof forms = {
  Фамилия: words,
  Имя: words,
  Отчество: words,
  ФИО: words,
  НаименованиеПолное: words,
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
let invented: ReadonlyMap<string, string> | undefined;

/** Which fields of the fixtures, of what the tests sent, and names of their sources are quoted in the text. */
export function fieldsQuotedIn(text: string): readonly string[] {
  collected ??= collect();
  const { fields, pattern } = collected;
  const known = Array.from(text.matchAll(pattern), ([found]) => fields.get(found.toLowerCase()) ?? 'a field');
  invented ??= namesInSources();
  const names = invented;
  const made = Array.from(text.matchAll(letters), ([found]) => names.get(found.toLowerCase()));
  const noted = Array.from(text.matchAll(tokens), ([found]) => sent.get(found));
  const shaped = Object.entries(shapes).flatMap(([name, shape]) => (shape.test(text) ? [name] : []));
  return [...new Set([...known, ...[...noted, ...made].filter((field) => field !== undefined), ...shaped])];
}

/** What people have that looks like nothing else a log may say, whoever invented it. */
const shapes: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.\p{L}{2,}/u,
  'a phone': /(?<![\p{L}\p{N}.:-])(?:\+7|8)[ (-]{0,2}\d{3}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?![\p{L}\p{N}])/u,
  'a СНИЛС': /(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)/u,
  'a patronymic': /(?<!\p{L})\p{L}{2,}(?:ович|евич|овна|евна|ична)(?:а|у|ем|ы|е|ой)?(?!\p{L})/iu,
};

const letters = /\p{Script=Cyrillic}+/gu;
const tokens = /[\p{L}\p{N}_]+(?:[-@.][\p{L}\p{N}_]+)*/gu;
/** As it was written, and in capitals → the field in which a test sent it. */
const sent = new Map<string, string>();

/** Whatever a test sends as a webhook is known to the search from now on. */
export function noteSent(document: Json): void {
  gather(document, [], (value, path) => {
    if (value.length > longest || value.length < 4) return;
    for (const written of [value, value.toUpperCase(), encodeURIComponent(value)])
      if (!sent.has(written)) sent.set(written, `what a test sent as ${path.join('.')}`);
  });
}

const longest = 200;

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
    const form = key === 'name' && persons.includes(path.at(-2) ?? '') ? words : (forms[key] ?? recordForms[key]);
    const text = textOf(json);
    if (form === undefined || text === undefined) return;
    for (const value of form(text)) found(value, path);
  }
}
