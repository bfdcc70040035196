import { eventShapes } from '../huntflow/shapes/all.ts';
import { type EventShape, fieldsOf, type Meaning } from '../huntflow/shapes/event-shape.ts';
import type { NamePart } from './name.ts';

/** Where a value stands in a webhook body. */
export interface Place {
  /** The key it lies under; list items have that of their list, `from` and `to` of `changes` that of what changed. */
  readonly key: string;
  readonly parent: string;
  /**
   * `free`: the organisation's own fields and answers, where a key tells nothing. `form`: the schema of a questionary.
   */
  readonly zone: 'known' | 'free' | 'form';
}

export const root: Place = { key: '', parent: '', zone: 'known' };

/** What each described field holds, by its key and the key above; a part of the view bears its name on the wire. */
const meanings = new Map<string, Meaning>();
for (const shape of eventShapes)
  for (const { path, meaning } of fieldsOf(shape))
    if (meaning !== undefined)
      for (const parent of parentsOf(shape, path)) meanings.set(`${parent}.${path.at(-1)}`, meaning);

function parentsOf({ places }: EventShape, path: readonly string[]): readonly string[] {
  const above = path.at(-2) ?? '';
  const wire = path.length === 2 ? Object.entries(places).find(([part]) => part === above)?.[1] : undefined;
  const names = wire?.split(' ').map((place) => place.split('.').at(-1) ?? '') ?? [];
  // A stage is the status of its log, and version 1.0 has the log in the event itself.
  return [above, ...names, ...(above === 'stage' ? ['status'] : []), ...(above === 'log' ? ['event'] : [])];
}

const keysOf = (...wanted: readonly Meaning[]): ReadonlySet<string> =>
  new Set(
    [...meanings].filter(([, meaning]) => wanted.includes(meaning)).map(([name]) => name.slice(name.indexOf('.') + 1)),
  );
/** The spellings of version 1.0 and of some releases stand in no document of 2.0. */
const freeKeys = new Set([...keysOf('free'), 'account_applicant_offer']);
const formKeys = new Set([...keysOf('form'), 'survey_schema', 'survey_ui_schema']);

export function below(place: Place, key: string): Place {
  if (key === 'from' || key === 'to') return place;
  const zone = place.zone !== 'known' ? place.zone : freeKeys.has(key) ? 'free' : formKeys.has(key) ? 'form' : 'known';
  return { key, parent: place.key, zone };
}

export function isId({ key }: Place): boolean {
  return key === 'id' || /(_id|Id)$/.test(key);
}

/** Which part of a name it is, `full` for a whole one; undefined for what is no name as far as anybody can tell. */
export function namePartOf({ key, parent, zone }: Place): NamePart | 'full' | undefined {
  const meaning = zone === 'known' ? meanings.get(`${parent}.${key}`) : undefined;
  if (meaning === 'first' || meaning === 'last' || meaning === 'middle') return meaning;
  return meaning === 'person' ? 'full' : guessedPart(key, parent);
}

/** The organisation's own fields, and those that Huntflow will add. */
function guessedPart(key: string, parent: string): NamePart | 'full' | undefined {
  if (/^(first|given)_?name$|^имя$/i.test(key)) return 'first';
  if (/^(last|family|sur)_?name$|^фамилия$/i.test(key)) return 'last';
  if (/^(middle|second)_?name$|^patronymic$|^отчество$/i.test(key)) return 'middle';
  if (/(^|_)(full|display)_?name$|(^|_)fio$|фио/i.test(key)) return 'full';
  return key === 'name' && people.has(parent) ? 'full' : undefined;
}

/** Whose key `name` is a person's, in whatever Huntflow or an organisation may add. */
const people = new Set([
  ...[...meanings].filter(([, meaning]) => meaning === 'person').map(([name]) => name.slice(0, name.indexOf('.'))),
  'creator',
  'organizer',
  'users',
  'owner',
  'coworkers',
  'recruiter',
  'manager',
  'applicant',
  'interviewer',
  'interviewers',
]);

export function isContact({ key, parent, zone }: Place): boolean {
  if (zone === 'known' && meanings.get(`${parent}.${key}`) === 'contact') return true;
  return /phone|e?mail|skype|телефон|почта/i.test(key);
}

/** A mapping compares these words, or looks them up: nobody's own. */
export function isVocabulary(place: Place, text: string): boolean {
  const { key, parent, zone } = place;
  if (isId(place)) return /^(\d{1,20}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z]{0,3}-?\d{1,9})$/i.test(text);
  if (key === 'foreign') return /^[A-Za-z]{0,8}[-_.]?\d{1,9}([-_.]\d{1,9})*$/.test(text);
  const word = /^[A-Za-z0-9][\w./+-]{0,39}$/.test(text) || /^ui:\w+$/.test(text);
  if (zone === 'form') return word;
  if (zone === 'free') return false;
  if (codes.has(key)) return word;
  return meanings.get(`${parent}.${key}`) === 'word';
}

/** Words of Huntflow are codes wherever they stand; names of dictionaries are words only where they are described. */
const codes = new Set([...keysOf('word'), 'event_type', 'webhook_action', 'region']);
for (const key of ['name', 'position']) codes.delete(key);
