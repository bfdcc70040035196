import type { ForgettingRow } from '../people/forgettings.ts';
import type { Text } from '../text.ts';
import { isoTime } from './shape.ts';

/** Who was forgotten, by Huntflow's ids, and by whom. */
export function shownForgetting({ id, scope, applicants, by, marked_at: at, finished_at: finished }: ForgettingRow) {
  const named: readonly string[] = JSON.parse(applicants);
  return { id, applicants: named, scope, by, at: isoTime(at), finishedAt: isoTime(finished) };
}

/** In place of "nobody knows": `at` as people read times. */
export function forgottenText(applicant: string, act: number, at: string): Text {
  return {
    ru: `кандидат ${applicant} забыт ${at}, акт № ${act} (forget act ${act})`,
    en: `applicant ${applicant} was forgotten at ${at}, act ${act} (forget act ${act})`,
  };
}
