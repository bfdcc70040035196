import type { Json, JsonObject } from './json.ts';

/**
 * What a webhook is made of, by the names formulas use, wherever its version keeps each. A part of a wrong type is
 * absent.
 */
export interface Parts {
  readonly applicant: JsonObject | undefined;
  readonly vacancy: JsonObject | undefined;
  readonly log: JsonObject | undefined;
  /** The text that `on.type` of a mapping compares. */
  readonly logType: string | undefined;
  readonly offer: JsonObject | undefined;
  readonly response: JsonObject | undefined;
  readonly request: JsonObject | undefined;
  readonly survey: JsonObject | undefined;
  readonly evaluation: JsonObject | undefined;
  readonly tags: Json[] | undefined;
  readonly author: JsonObject | undefined;
  readonly account: JsonObject | undefined;
  readonly agreement: JsonObject | undefined;
  /** Who joined or left a vacancy. */
  readonly user: JsonObject | undefined;
}
