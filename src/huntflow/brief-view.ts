import { isObject, objectAt, valueAt } from './json.ts';
import type { JsonObject } from './json.ts';
import type { HuntflowView } from './view.ts';

/** Characters of a text that is kept; ids, names of stages and times are shorter. */
const textLimit = 1_000;

/**
 * Of a view what selects an event, orders it and names its stage: enough for everything but formulas. Bounded, whatever
 * the body has.
 */
export function briefView(view: HuntflowView): HuntflowView {
  const hire = objectAt(view.log, 'hired_in_fill_quota');
  const stage = fields(view.stage, ['id', 'name']);
  const log = fields(view.log, ['id', 'source', 'type', 'created']);
  const applicant = fields(view.applicant, ['id']);
  const vacancy = fields(view.vacancy, ['id']);
  const respondent = fields(objectAt(view.survey, 'respondent'), ['applicant_id']);
  return {
    event: eventOf(view.event),
    ...(stage && { stage }),
    ...(log && { log: { ...log, ...(hire !== undefined && { hired_in_fill_quota: {} }) } }),
    ...(applicant && { applicant }),
    ...(vacancy && { vacancy }),
    ...(respondent && { survey: { respondent } }),
    body: {},
  };
}

function eventOf(event: HuntflowView['event']): HuntflowView['event'] {
  return Object.fromEntries(Object.entries(event).filter(([, text]) => isShort(text)));
}

function fields(part: JsonObject | undefined, names: readonly string[]): JsonObject | undefined {
  if (part === undefined) return undefined;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueAt(part, name);
      return value === undefined || Array.isArray(value) || isObject(value) || !isShort(value) ? [] : [[name, value]];
    }),
  );
}

function isShort(value: unknown): boolean {
  return typeof value !== 'string' || value.length <= textLimit;
}
