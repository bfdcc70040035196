import { objectAt, textAt, valueAt, without } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Parts } from './parts.ts';

/**
 * Webhooks 1.0: `{ event, account, author }`, the log's fields lie in the event itself
 * (facts/huntflow-webhooks-1.0.ru.md).
 */
export function partsOfVersion1(body: JsonObject, eventType: string | undefined): Parts {
  const event = objectAt(body, 'event');
  const wireOffer = objectAt(event, 'applicant_offer');
  const vacancyExternal = objectAt(event, 'vacancy_external');
  const response = eventType === 'RESPONSE' ? event : undefined;
  return {
    applicant: objectAt(event, 'applicant') ?? objectAt(wireOffer, 'applicant'),
    vacancy: objectAt(event, 'vacancy') ?? objectAt(wireOffer, 'vacancy') ?? objectAt(vacancyExternal, 'vacancy'),
    log: event && response === undefined ? without(event, entities) : undefined,
    logType: textAt(event, 'type') ?? textAt(response, 'state'),
    offer: event && wireOffer && flatOffer(wireOffer, event),
    response,
    request: undefined,
    survey: undefined,
    evaluation: undefined,
    tags: undefined,
    author: objectAt(body, 'author'),
    account: objectAt(body, 'account'),
    agreement: objectAt(body, 'agreement') ?? objectAt(event, 'agreement'),
    user: objectAt(event, 'user'),
  };
}

/** They have names of their own in the view. */
const entities = ['applicant', 'vacancy', 'applicant_offer', 'vacancy_external', 'agreement', 'user'] as const;

/**
 * Version 1.0 nests the organisation's template and keeps its id among the values; 2.0 has `applicant_offer_id` and
 * `values`.
 */
function flatOffer(wireOffer: JsonObject, event: JsonObject): JsonObject {
  const template = objectAt(wireOffer, 'account_applicant_offer');
  const templateId = valueAt(template, 'id');
  const id = valueAt(event, 'id');
  const type = valueAt(event, 'type');
  return {
    ...without(wireOffer, ['applicant', 'vacancy', 'account_applicant_offer']),
    ...(templateId !== undefined && { applicant_offer_id: templateId }),
    ...(template !== undefined && { values: without(template, ['id']) }),
    account_applicant_offer_log: { ...(id !== undefined && { id }), ...(type !== undefined && { type }) },
  };
}
