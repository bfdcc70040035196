import { type JsonObject, objectAt, textAt } from '../../../huntflow/json.ts';

/** As Huntflow's pages are addressed now (facts/huntflow.md 10); without a vacancy the candidate stands among all. */
const onVacancy = 'https://{domain}/my/{account}#/vacancy/{vacancy}/filter/workon/id/{applicant}';
const amongAll = 'https://{domain}/my/{account}#/applicants/filter/all/{applicant}';

/**
 * The link to the candidate's page, or undefined when the event lacks what it needs: version 1.0 names no domain and no
 * nick. `template`: the configured form with {domain}, {account}, {vacancy} and {applicant}.
 */
export function candidateLink(template: string | undefined, view: JsonObject): string | undefined {
  const vacancy = textAt(objectAt(view, 'vacancy'), 'id');
  const values: Readonly<Record<string, string | undefined>> = {
    domain: textAt(objectAt(objectAt(view, 'body'), 'meta'), 'domain'),
    account: textAt(objectAt(view, 'account'), 'nick'),
    vacancy,
    applicant: textAt(objectAt(view, 'applicant'), 'id'),
  };
  let complete = true;
  const isUsual = template === undefined || template === onVacancy;
  const form = isUsual ? (vacancy === undefined ? amongAll : onVacancy) : template;
  const link = form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]?.toWellFormed();
    complete &&= value !== undefined && (name !== 'domain' || isHost(value));
    return name === 'domain' ? (value ?? '') : encodeURIComponent(value ?? '');
  });
  return complete && URL.canParse(link) ? link : undefined;
}

/** A notice is worth more than its link: what is no name of a host makes none. */
const isHost = (text: string): boolean => /^[\p{L}\p{N}.:[\]-]+$/u.test(text);
