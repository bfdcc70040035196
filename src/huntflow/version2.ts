import { listAt, objectAt, textAt, valueAt, without } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Parts } from './parts.ts';

/** Webhooks 2.0: `{ changes, event, meta }` (facts/huntflow.md 2). */
export function partsOfVersion2(body: JsonObject): Parts {
  const meta = objectAt(body, 'meta');
  const event = objectAt(body, 'event');
  const applicantLog = objectAt(event, 'applicant_log');
  const vacancyLog = objectAt(event, 'vacancy_log');
  const offer = objectAt(event, 'applicant_offer');
  const offerLog = objectAt(offer, 'account_applicant_offer_log');
  const requestLog = objectAt(event, 'vacancy_request_log');
  const response = objectAt(event, 'applicant_external_response');
  const vacancyExternal = objectAt(event, 'vacancy_external');
  const evaluation = objectAt(event, 'recruitment_evaluation');
  const applicant = objectAt(event, 'applicant') ?? objectAt(evaluation, 'applicant');
  return {
    applicant,
    vacancy:
      objectAt(event, 'vacancy') ??
      objectAt(applicantLog, 'vacancy') ??
      objectAt(vacancyExternal, 'vacancy') ??
      objectAt(evaluation, 'vacancy'),
    log: applicantLog ?? vacancyLog ?? dated(offerLog, offer) ?? requestLog,
    // `type` is what the table of the 2021 document calls the vacancy log's state (facts/huntflow.md 2.3)
    logType:
      textAt(applicantLog, 'type') ??
      textAt(vacancyLog, 'state') ??
      textAt(vacancyLog, 'type') ??
      textAt(offerLog, 'type') ??
      textAt(requestLog, 'action') ??
      textAt(response, 'state'),
    offer,
    response: response && vacancyExternal ? { ...response, vacancy_external: vacancyExternal } : response,
    request: objectAt(event, 'vacancy_request'),
    survey: withLog(withSchema(objectAt(event, 'survey_questionary')), event),
    evaluation,
    tags: listAt(event, 'applicant_tags'),
    author: objectAt(meta, 'author'),
    account: objectAt(meta, 'account'),
    agreement: objectAt(applicant, 'pd_agreement'),
    user: objectAt(event, 'user'),
  };
}

/** Which entry of the applicant's history it belongs to stands beside it. */
function withLog(questionary: JsonObject | undefined, event: JsonObject | undefined): JsonObject | undefined {
  const log = valueAt(event, 'applicant_log_id');
  return questionary === undefined || log === undefined ? questionary : { ...questionary, applicant_log_id: log };
}

/** The log of an offer has no time of its own; the offer has one. */
function dated(log: JsonObject | undefined, offer: JsonObject | undefined): JsonObject | undefined {
  const created = textAt(offer, 'created');
  if (log === undefined || created === undefined || textAt(log, 'created') !== undefined) return log;
  return { ...log, created };
}

/**
 * Two spellings are about (facts/huntflow.md 3, row 30); formulas get `survey.survey.schema` and
 * `survey.survey.ui_schema`.
 */
function withSchema(questionary: JsonObject | undefined): JsonObject | undefined {
  const survey = objectAt(questionary, 'survey');
  if (questionary === undefined || survey === undefined) return questionary;
  const schema = valueAt(survey, 'schema') ?? valueAt(survey, 'survey_schema');
  const uiSchema = valueAt(survey, 'ui_schema') ?? valueAt(survey, 'survey_ui_schema');
  return {
    ...questionary,
    survey: {
      ...without(survey, ['survey_schema', 'survey_ui_schema']),
      ...(schema !== undefined && { schema }),
      ...(uiSchema !== undefined && { ui_schema: uiSchema }),
    },
  };
}
