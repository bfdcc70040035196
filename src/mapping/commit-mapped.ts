import type { Transaction } from '../database/connection.ts';
import { type HeldLease, holdLease } from '../database/lease.ts';
import { Procedure } from '../database/procedure.ts';
import { finishEvent } from '../inbox/finish.ts';
import { countStages, type StageSeen } from './store/stages.ts';
import { keepAlias } from '../outbox/aliases.ts';
import { mergePeople } from '../people/merge-people.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import { insertDeliveries, isFirst } from '../outbox/insert.ts';
import { countUnserved } from './store/mapping-gaps.ts';
import type { Text } from '../text.ts';

/** What mapping made of one event; nothing is written yet. */
export interface MappedEvent {
  readonly id: number;
  readonly scope: string;
  readonly state: 'mapped' | 'skipped' | 'failed';
  /** Why nobody can read it. */
  readonly unreadable?: Text;
  /** `once`: owed only if no earlier event of its mapping and scope had this value. */
  readonly deliveries: readonly { readonly delivery: NewDelivery; readonly once: string | null }[];
  /** Huntflow merged the first applicant into the second. */
  readonly merged?: { readonly removed: string; readonly survivor: string };
  /** The stage that it moved an applicant to. */
  readonly stage?: StageSeen;
}

export interface MappedBatch {
  readonly lease: HeldLease;
  readonly now: number;
  /** In the order received. */
  readonly events: readonly MappedEvent[];
  /** Mappings that no version works for, by name: the events passed them by. */
  readonly unserved: readonly string[];
}

/**
 * The only link between inbox and outbox: events are done in the transaction in which their deliveries begin to exist.
 * Throws LeaseLostError.
 */
export const commitMapped = new Procedure(
  'commitMapped',
  async (transaction, { lease, now, events, unserved }: MappedBatch): Promise<void> => {
    await holdLease(transaction, lease);
    const owed: NewDelivery[] = [];
    for (const event of events) {
      if (event.merged !== undefined) {
        const { removed, survivor } = event.merged;
        await keepAlias(transaction, { scope: event.scope, kind: 'applicant', entity: removed, survivor });
        await mergePeople(transaction, { scope: event.scope, removed, survivor });
      }
      for (const each of event.deliveries) if (await isOwed(transaction, event, each)) owed.push(each.delivery);
      await finishEvent(transaction, event.id, event.state, now, event.unreadable);
    }
    await insertDeliveries(transaction, owed);
    await countStages(
      transaction,
      events.flatMap(({ stage }) => stage ?? []),
      now,
    );
    await countUnserved(
      transaction,
      unserved,
      events.map(({ id }) => id),
    );
  },
);

async function isOwed(
  transaction: Transaction,
  { id, scope }: MappedEvent,
  { delivery, once }: MappedEvent['deliveries'][number],
): Promise<boolean> {
  return once === null || isFirst(transaction, { mapping: delivery.mapping, scope, value: once, event: id });
}
