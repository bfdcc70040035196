import { objectAt, textAt, type JsonObject } from './json.ts';
import type { Parts } from './parts.ts';

/** Whom a webhook is about, as far as it says; texts as written, at most 200 characters. */
export interface Whom {
  /** Huntflow's id of the applicant. */
  readonly applicant: string;
  readonly profile: Profile;
}

/** What people are found by. */
export interface Profile {
  readonly last?: string;
  readonly first?: string;
  readonly middle?: string;
  readonly mail?: string;
  readonly phone?: string;
}

const most = 200;

/** A questionary names its applicant as the respondent, an evaluation inside itself (facts/huntflow.md 2). */
export function whomOf(parts: Parts): Whom | undefined {
  const respondent = objectAt(parts.survey, 'respondent');
  const applicant = textAt(parts.applicant, 'id') ?? textAt(respondent, 'applicant_id');
  if (applicant === undefined || applicant.length > most) return undefined;
  return { applicant, profile: profileOf(parts.applicant ?? respondent) };
}

function profileOf(person: JsonObject | undefined): Profile {
  const last = short(textAt(person, 'last_name') ?? textAt(person, 'name'));
  const first = short(textAt(person, 'first_name'));
  const middle = short(textAt(person, 'middle_name'));
  const mail = short(textAt(person, 'email'));
  const phone = short(textAt(person, 'phone'));
  return {
    ...(last !== undefined && { last }),
    ...(first !== undefined && { first }),
    ...(middle !== undefined && { middle }),
    ...(mail !== undefined && { mail }),
    ...(phone !== undefined && { phone }),
  };
}

function short(text: string | undefined): string | undefined {
  return text?.slice(0, most).toWellFormed().replaceAll('\0', '').trim() || undefined;
}
