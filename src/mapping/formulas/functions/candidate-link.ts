import { type JsonObject, objectAt, textAt } from '../../../huntflow/json.ts';

/** The form that Huntflow's own webhooks show (facts/huntflow-webhooks-2.0.ru.md, calendar_event.description). */
export const defaultCandidateLink = 'https://{domain}/my/{account}#vacancy/{vacancy}/filter/workon/id/{applicant}';

export const linkParts = ['domain', 'account', 'vacancy', 'applicant'] as const;

/** The template with its `{…}` filled in, or undefined when the event lacks one of them. */
export function candidateLink(template: string, view: JsonObject): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    domain: textAt(objectAt(objectAt(view, 'body'), 'meta'), 'domain'),
    account: textAt(objectAt(view, 'account'), 'nick') ?? textAt(objectAt(view, 'account'), 'id'),
    vacancy: textAt(objectAt(view, 'vacancy'), 'id'),
    applicant: textAt(objectAt(view, 'applicant'), 'id'),
  };
  let complete = true;
  const link = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    complete &&= value !== undefined;
    return name === 'domain' ? (value ?? '') : encodeURIComponent(value ?? '');
  });
  return complete ? link : undefined;
}
