import { objectAt, textAt } from '../../huntflow/json.ts';
import type { HuntflowView } from '../../huntflow/view.ts';

/** Keys and `once` values stand in indexed columns of the database. */
const keyLimit = 200;

/**
 * A survey may come without its applicant, and its respondent is one. What orders the deliveries of a mapping without a
 * `key`.
 */
export function defaultKey(view: HuntflowView): string | null {
  const applicant = textAt(view.applicant, 'id') ?? textAt(objectAt(view.survey, 'respondent'), 'applicant_id');
  if (applicant !== undefined) return storable(`applicant/${applicant}`);
  const vacancy = textAt(view.vacancy, 'id');
  return vacancy === undefined ? null : storable(`vacancy/${vacancy}`);
}

function storable(key: string): string | null {
  return isStorable(key) ? key : null;
}

/** PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8. */
export function isStorable(text: string): boolean {
  return text.length <= keyLimit && !text.includes('\0') && text.isWellFormed();
}
