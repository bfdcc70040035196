import { hash } from 'node:crypto';
import { type JsonObject, textAt } from '../huntflow/json.ts';
import type { HuntflowView } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Mapping } from './file/mapping.ts';
import { isStorable } from './record/key.ts';

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
  return { applicant: idOf(view.applicant), vacancy: idOf(view.vacancy) };
}

/** Ids stand in indexed columns; one that no index takes is nobody's. */
function idOf(part: JsonObject | undefined): string | null {
  const id = textAt(part, 'id');
  return id !== undefined && isStorable(id) ? id : null;
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
    person: event.person,
    order: mapping.order ?? orderOf(mapping.to),
    ...values,
  };
}
