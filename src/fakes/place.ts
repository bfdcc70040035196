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

const freeKeys = new Set(['values', 'data', 'response_data', 'account_applicant_offer']);
const formKeys = new Set(['schema', 'ui_schema', 'survey_schema', 'survey_ui_schema']);

export function below(place: Place, key: string): Place {
  if (key === 'from' || key === 'to') return place;
  const zone = place.zone !== 'known' ? place.zone : freeKeys.has(key) ? 'free' : formKeys.has(key) ? 'form' : 'known';
  return { key, parent: place.key, zone };
}

export function isId({ key }: Place): boolean {
  return key === 'id' || /(_id|Id)$/.test(key);
}

/** Which part of a name the key says, `full` for a whole one; undefined when it says nothing of names. */
export function namePartOf({ key, parent }: Place): NamePart | 'full' | undefined {
  if (/^(first|given)_?name$|^имя$/i.test(key)) return 'first';
  if (/^(last|family|sur)_?name$|^фамилия$/i.test(key)) return 'last';
  if (/^(middle|second)_?name$|^patronymic$|^отчество$/i.test(key)) return 'middle';
  if (/(^|_)(full|display)_?name$|(^|_)fio$|фио/i.test(key)) return 'full';
  return key === 'name' && people.has(parent) ? 'full' : undefined;
}

const people = new Set([
  'author',
  'account_info',
  'respondent',
  'created_by',
  'creator',
  'organizer',
  'attendees',
  'user',
  'users',
  'owner',
  'coworkers',
  'recruiter',
  'manager',
  'applicant',
  'interviewer',
  'interviewers',
]);

export function isContact({ key, parent }: Place): boolean {
  return /phone|e?mail|skype|телефон|почта/i.test(key) || (key === 'value' && parent === 'social');
}

/** A mapping compares these words, or looks them up: nobody's own. */
export function isVocabulary(place: Place, text: string): boolean {
  const { key, parent, zone } = place;
  if (isId(place)) return /^(\d{1,20}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z]{0,3}-?\d{1,9})$/i.test(text);
  if (key === 'foreign') return /^[A-Za-z]{0,8}[-_.]?\d{1,9}([-_.]\d{1,9})*$/.test(text);
  const word = /^[A-Za-z0-9][\w./+-]{0,39}$/.test(text) || /^ui:\w+$/.test(text);
  if (zone === 'form') return word;
  if (zone === 'free') return false;
  if (words.has(key)) return word;
  return (
    (key === 'name' && dictionaries.has(parent)) ||
    (key === 'position' && ['vacancy', 'parent', 'vacancy_request'].includes(parent))
  );
}

const words = new Set([
  'type',
  'state',
  'status',
  'action',
  'event',
  'event_type',
  'webhook_action',
  'version',
  'auth_type',
  'social_type',
  'content_type',
  'color',
  'region',
  'timezone',
  'responseStatus',
  'method',
  'transparency',
]);

const dictionaries = new Set([
  'status',
  'account_division',
  'full_path',
  'account_region',
  'rejection_reason',
  'close_reason',
  'account_source',
  'grade',
  'applicant_tags',
]);
