import { isObject, objectAt, textAt, textOf, valueAt, without } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { Parts } from './parts.ts';
import { eventShapes } from './shapes/all.ts';
import type { EventShape, PartName } from './shapes/event-shape.ts';

/** Where each part may stand, by all types of events; of several in one body the one that lies highest counts. */
const places = new Map(
  [...Map.groupBy(eventShapes.flatMap(placesOf), ([part]) => part)].map(([part, all]) => [
    part,
    [...new Set(all.map(([, place]) => place))]
      .map((place) => place.split('.'))
      .toSorted((a, b) => a.length - b.length),
  ]),
);

function placesOf(shape: EventShape): (readonly [part: string, place: string])[] {
  return Object.entries(shape.places).flatMap(([part, all]) => all.split(' ').map((place) => [part, place] as const));
}

/** Webhooks 2.0: `{ changes, event, meta }`, each part where the shapes of events say. */
export function partsOfVersion2(body: JsonObject): Parts {
  const all = (part: PartName): Json[] => {
    const found = (places.get(part) ?? []).map((path) => at(body, path));
    return found.filter((value) => value !== undefined);
  };
  const first = (part: PartName): JsonObject | undefined => all(part).find((value) => isObject(value));
  const event = objectAt(body, 'event');
  const offer = first('offer');
  const response = first('response');
  const external = objectAt(event, 'vacancy_external');
  return {
    applicant: first('applicant'),
    vacancy: first('vacancy'),
    log: dated(first('log'), offer),
    logType: all('logType')
      .map((value) => textOf(value))
      .find((text) => text !== undefined),
    offer,
    response: response && external ? { ...response, vacancy_external: external } : response,
    request: first('request'),
    survey: withLog(withSchema(first('survey')), event),
    evaluation: first('evaluation'),
    tags: all('tags').find((value) => Array.isArray(value)),
    author: first('author'),
    account: first('account'),
    agreement: first('agreement'),
    user: first('user'),
  };
}

function at(body: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const name of path) value = isObject(value) ? valueAt(value, name) : undefined;
  return value;
}

/** Which entry of the applicant's history it belongs to stands beside it. */
function withLog(questionary: JsonObject | undefined, event: JsonObject | undefined): JsonObject | undefined {
  const log = valueAt(event, 'applicant_log_id');
  return questionary === undefined || log === undefined ? questionary : { ...questionary, applicant_log_id: log };
}

/** The log of an offer has no time of its own; the offer has one. */
function dated(log: JsonObject | undefined, offer: JsonObject | undefined): JsonObject | undefined {
  const created = textAt(offer, 'created');
  const isOffers = log !== undefined && log === objectAt(offer, 'account_applicant_offer_log');
  return !isOffers || created === undefined || textAt(log, 'created') !== undefined ? log : { ...log, created };
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
