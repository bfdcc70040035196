import { objectAt } from './json.ts';
import type { JsonObject } from './json.ts';

/** facts/huntflow.md 2; Huntflow may add more at any time, so this list recognises and never refuses. */
const eventTypes = [
  'APPLICANT',
  'VACANCY',
  'VACANCY-REQUEST',
  'RESPONSE',
  'OFFER',
  'RECRUITMENT-EVALUATION',
  'SURVEY-QUESTIONARY',
  'PING',
] as const;

const known: ReadonlySet<string> = new Set(eventTypes);

/** The documents' heading VACANCY_REQUEST is VACANCY-REQUEST on the wire; a type we do not know stays as it came. */
export function eventTypeName(written: string): string {
  const hyphened = written.replaceAll('_', '-');
  return known.has(hyphened) ? hyphened : written;
}

/** First match wins: an offer carries a vacancy, and a vacancy says least. */
const shapes: readonly (readonly [key: string, type: string])[] = [
  ['recruitment_evaluation', 'RECRUITMENT-EVALUATION'],
  ['survey_questionary', 'SURVEY-QUESTIONARY'],
  ['vacancy_request', 'VACANCY-REQUEST'],
  ['applicant_offer', 'OFFER'],
  ['vacancy_external', 'RESPONSE'],
  ['applicant', 'APPLICANT'],
  ['vacancy', 'VACANCY'],
];

/** For a body that names no event type, as those of version 1.0. */
export function eventTypeOfShape(event: JsonObject | undefined): string | undefined {
  return shapes.find(([key]) => objectAt(event, key) !== undefined)?.[1];
}
