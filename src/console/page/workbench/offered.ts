import type { Completion } from '../api/answers.ts';
import type { Speech } from '../words/speech.ts';
import type { Offered } from './editor.ts';
import { workbenchWords as words } from './words.ts';

/** What a mapping file itself is made of; `docs/mappings.md` tells each. */
const keysOfFiles = [
  'mapping',
  'title',
  'on',
  'event',
  'type',
  'action',
  'stage',
  'when',
  'to',
  'key',
  'once',
  'order',
];
const keysOfFields = [
  'record',
  'from',
  'lookup',
  'else',
  'default',
  'required',
  'as',
  'preset',
  'with',
  'override',
  'tests',
];

/** What may stand in a mapping: keys of the file, names of the event with its values, dictionaries, the target's own fields. */
export function offeredBy(completion: Completion | undefined, speech: Speech): readonly Offered[] {
  const keys = [...keysOfFiles, ...keysOfFields].map((label) => ({ label, detail: speech.say(words.ofFile) }));
  if (completion === undefined) return keys;
  const { names, dictionaries, target } = completion;
  return [
    ...keys,
    ...names.map(({ name, value }) => ({ label: name, detail: value ?? '' })),
    ...dictionaries.map(({ name, keys: rows }) => ({
      label: name,
      detail: speech.say(words.ofDictionary, { n: speech.number(rows.length) }),
    })),
    ...(target?.sets ?? []).flatMap((set) => [
      { label: set.name, detail: speech.say(set.published ? words.published : words.unpublished) },
      ...set.fields.map(({ name, type, max, published }) => ({
        label: name,
        detail: published
          ? `${set.name} · ${type ?? ''}${max === null ? '' : ` ${max}`}`
          : `${set.name} · ${speech.say(words.unpublished)}`,
      })),
    ]),
  ];
}
