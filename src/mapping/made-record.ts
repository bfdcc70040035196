import { hash } from 'node:crypto';
import { textAt } from '../huntflow/json.ts';
import type { HuntflowView } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Mapping } from './file/mapping.ts';

/** The same over attempts and over replays of an unchanged record; another event or another record has another one. */
export function madeRecord(
  event: InboxEvent,
  mapping: Mapping,
  record: unknown,
): { readonly record: string; readonly idempotencyKey: string } {
  const json = JSON.stringify(record);
  const digest = hash(
    'sha256',
    JSON.stringify([event.id, event.receivedAt, event.scope, mapping.name, mapping.to, json]),
  );
  return { record: json, idempotencyKey: digest.slice(0, 32) };
}

/** Whom and what an event is about, by Huntflow's ids. */
export function subjectsOf(view: HuntflowView): { readonly applicant: string | null; readonly vacancy: string | null } {
  return { applicant: textAt(view.applicant, 'id') ?? null, vacancy: textAt(view.vacancy, 'id') ?? null };
}

/** What an event owes under a mapping. `orderOf`: the order of a target for mappings that say none. */
export function owedDelivery(
  event: InboxEvent,
  mapping: Mapping,
  values: Pick<NewDelivery, 'key' | 'made' | 'createdAt' | 'applicant' | 'vacancy'>,
  orderOf: (target: string) => NewDelivery['order'],
): NewDelivery {
  return {
    eventId: event.id,
    mapping: mapping.name,
    mappingHash: mapping.hash,
    target: mapping.to,
    scope: event.scope,
    order: mapping.order ?? orderOf(mapping.to),
    ...values,
  };
}
