import { createHash } from 'node:crypto';
import type { InboxEvent } from '../inbox/event.ts';
import type { Mapping } from './mapping.ts';

/** The same over attempts and over replays of an unchanged record; another event or another record has another one. */
export function madeRecord(event: InboxEvent, mapping: Mapping, record: unknown): { readonly record: string; readonly idempotencyKey: string } {
  const json = JSON.stringify(record);
  const hash = createHash('sha256').update(JSON.stringify([event.id, event.receivedAt, event.scope, mapping.name, mapping.to, json])).digest('hex');
  return { record: json, idempotencyKey: hash.slice(0, 32) };
}
