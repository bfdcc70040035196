import { createHash } from 'node:crypto';
import { objectAt, textAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { type Whom, whomOf } from './person.ts';
import { read } from './reading.ts';
import type { EventHeaders } from './reading.ts';

/**
 * What the inbox keeps beside the raw bytes. Every text fits an indexed column: no NUL, well formed, at most 200
 * characters.
 */
export interface Envelope {
  readonly version: string | undefined;
  readonly domain: string | undefined;
  readonly accountId: string | undefined;
  readonly eventType: string | undefined;
  /**
   * meta.event_id; version 1.0 has none (its event.id is the log's, and a response keeps it through all its states).
   */
  readonly eventId: string | undefined;
  /** meta.payload_id, from before meta.event_id came. */
  readonly payloadId: string | undefined;
  /** Where an event has no log, the id of what it is about: response, evaluation, questionary. */
  readonly logId: string | undefined;
  /** The applicant, else the vacancy that it is about. */
  readonly subjectId: string | undefined;
  readonly logType: string | undefined;
  readonly action: string | undefined;
  readonly retry: string | undefined;
  readonly whom: Whom | undefined;
}

/** Takes any JSON object: what is missing or of another type is undefined. */
export function envelopeOf(body: JsonObject, headers: EventHeaders): Envelope {
  const { version, eventType, action, parts } = read(body, headers);
  const meta = objectAt(body, 'meta');
  return {
    version: columnText(version),
    domain: columnText(textAt(meta, 'domain')),
    accountId: columnText(textAt(parts.account, 'id')),
    eventType: columnText(eventType),
    eventId: columnText(textAt(meta, 'event_id')),
    payloadId: columnText(textAt(meta, 'payload_id')),
    logId: columnText(textAt(parts.log, 'id') ?? textAt(parts.response ?? parts.evaluation ?? parts.survey, 'id')),
    subjectId: columnText(textAt(parts.applicant ?? parts.vacancy, 'id')),
    logType: columnText(parts.logType),
    action: columnText(action),
    retry: columnText(textAt(meta, 'retry')),
    whom: whomOf(parts),
  };
}

const columnLimit = 200;

/**
 * PostgreSQL refuses NUL in a text and an index entry over 2704 bytes, and a webhook must be kept whatever it says.
 * A text that has to change ends with a digest of the original, so that different ones stay different.
 */
function columnText(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const clean = value.toWellFormed().replaceAll('\0', '\uFFFD');
  // One that looks like what comes out below is digested too: two texts never become one.
  if (clean === value && value.length <= columnLimit && !/~[0-9a-f]{32}$/.test(value)) return value;
  const digest = createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
  return `${clean.slice(0, columnLimit - digest.length - 1).toWellFormed()}~${digest}`;
}
