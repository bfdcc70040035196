import { objectAt, textAt, valueAt } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { withoutNulls } from './nulls.ts';
import type { Parts } from './parts.ts';
import { read } from './reading.ts';
import type { EventHeaders } from './reading.ts';

/** What formulas see of an event, by the same names for both versions and without nulls; an absent part has no key. */
export interface HuntflowView {
  readonly event: EventView;
  readonly applicant?: JsonObject;
  readonly vacancy?: JsonObject;
  readonly log?: JsonObject;
  /** `{ id, name }` of the stage. Comments carry the current one too, so a rule on it needs the log type as well. */
  readonly stage?: JsonObject;
  /** Shaped as in 2.0: `{ id, created, applicant_offer_id, values, account_applicant_offer_log: { id, type } }`. */
  readonly offer?: JsonObject;
  /** The response with its `vacancy_external` inside. */
  readonly response?: JsonObject;
  readonly request?: JsonObject;
  /** The questionary; its form is `survey.schema` and `survey.ui_schema`, whichever way Huntflow spelled them. */
  readonly survey?: JsonObject;
  readonly evaluation?: JsonObject;
  readonly tags?: Json[];
  readonly author?: JsonObject;
  /** Who joined or left a vacancy: `{ id, name }`. */
  readonly user?: JsonObject;
  readonly account?: JsonObject;
  /** Earlier values of what changed: `{ applicant_log: { comment: { from } } }`. */
  readonly changes?: JsonObject;
  readonly agreement?: JsonObject;
  /** The whole document as it came, but for nulls. */
  readonly body: JsonObject;
  /** The view is brief, of a body too large to be parsed beside other work; formulas see what these bytes say. */
  readonly whole?: { readonly bytes: Uint8Array; readonly event?: string | undefined };
}

interface EventView {
  readonly event?: string;
  readonly type?: string;
  readonly action?: string;
  readonly version?: string;
  readonly id?: string;
  /** As written; Huntflow sends `+03:00` or no zone, which means Moscow (facts/huntflow.md 7). */
  readonly created?: string;
  /** meta.domain: where Huntflow runs. */
  readonly domain?: string;
  /** meta.retry: 0 for the first time that it is sent. */
  readonly retry?: number;
}

/** Takes any JSON object. The parts share their data with `body`: one walk, one copy. */
export function viewOf(document: JsonObject, headers: EventHeaders): HuntflowView {
  const body = withoutNulls(document);
  const { version, eventType, action, parts } = read(body, headers);
  const {
    applicant,
    vacancy,
    log,
    logType,
    offer,
    response,
    request,
    survey,
    evaluation,
    tags,
    author,
    account,
    agreement,
    user,
  } = parts;
  const meta = objectAt(body, 'meta');
  const domain = textAt(meta, 'domain');
  const retry = valueAt(meta, 'retry');
  const id = idOf(body);
  const created = createdOf(parts);
  const stage = objectAt(log, 'status');
  const changes = objectAt(body, 'changes');
  return {
    event: {
      ...(eventType && { event: eventType }),
      ...(logType && { type: logType }),
      ...(action && { action }),
      ...(version && { version }),
      ...(id && { id }),
      ...(created && { created }),
      ...(domain && { domain }),
      ...(typeof retry === 'number' && { retry }),
    },
    ...(applicant && { applicant }),
    ...(vacancy && { vacancy }),
    ...(log && { log }),
    ...(stage && { stage }),
    ...(offer && { offer }),
    ...(response && { response }),
    ...(request && { request }),
    ...(survey && { survey }),
    ...(evaluation && { evaluation }),
    ...(tags && { tags }),
    ...(author && { author }),
    ...(user && { user }),
    ...(account && { account }),
    ...(changes && { changes }),
    ...(agreement && { agreement }),
    body,
  };
}

function idOf(body: JsonObject): string | undefined {
  const meta = objectAt(body, 'meta');
  return meta === undefined
    ? textAt(objectAt(body, 'event'), 'id')
    : (textAt(meta, 'event_id') ?? textAt(meta, 'payload_id'));
}

/** An evaluation has no time of its own, only its answer has. */
function createdOf({ log, offer, response, request, evaluation, survey }: Parts): string | undefined {
  for (const part of [log, offer, response, request, evaluation, objectAt(evaluation, 'survey_answer'), survey]) {
    const created = textAt(part, 'created');
    if (created !== undefined) return created;
  }
  return undefined;
}
