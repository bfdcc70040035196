import { eventTypeName, eventTypeOfShape } from './event-type.ts';
import { objectAt, textAt } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Parts } from './parts.ts';
import { partsOfVersion1 } from './version1.ts';
import { partsOfVersion2 } from './version2.ts';

export interface EventHeaders {
  /** X-Huntflow-Event. The signature does not cover it, so what the body says goes first. */
  readonly event?: string | undefined;
}

/** One webhook, read by the rules of its version. */
export interface Reading {
  /** `2.0`, `1.0` or whatever meta.version says; undefined for a body that is no envelope. */
  readonly version: string | undefined;
  readonly eventType: string | undefined;
  readonly action: string | undefined;
  readonly parts: Parts;
}

/** A `meta` object makes it 2.0 or later; version 1.0 has none (facts/huntflow.md 3). */
export function read(body: JsonObject, headers: EventHeaders): Reading {
  const meta = objectAt(body, 'meta');
  const event = objectAt(body, 'event');
  const named = textAt(meta, 'event_type') ?? (headers.event?.trim() || undefined);
  const eventType = named === undefined ? eventTypeOfShape(event) : eventTypeName(named);
  if (meta !== undefined) {
    const version = textAt(meta, 'version') ?? '2.0';
    return { version, eventType, action: textAt(meta, 'webhook_action'), parts: partsOfVersion2(body) };
  }
  const isEnvelope = event !== undefined;
  return {
    version: isEnvelope ? '1.0' : undefined,
    eventType,
    action: isEnvelope ? 'ADD' : undefined, // 1.0 reports nothing but additions
    parts: partsOfVersion1(body, eventType),
  };
}
