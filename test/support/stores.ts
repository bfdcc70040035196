import { Database } from '../../src/database/database.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { TargetStates } from '../../src/outbox/target-state.ts';
import { Workspace } from './workspace.ts';

/** Inbox and outbox over a real file of their own. */
export interface Stores {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  close(): Promise<void>;
}

export async function openStores(): Promise<Stores> {
  const workspace = new Workspace();
  const database = new Database(`sqlite:${workspace.path('connector.db')}`);
  await database.migrate();
  return {
    database,
    inbox: new Inbox(database),
    outbox: new Outbox(database),
    states: new TargetStates(database),
    close: async () => {
      await database.close();
      workspace.remove();
    },
  };
}

export function newDelivery(values: Partial<NewDelivery> = {}): NewDelivery {
  return {
    eventId: 1, mapping: 'hire', mappingHash: 'hash', target: 'zup', key: 'applicant/17', scope: 'huntflow.example/14', order: 'strict', createdAt: 1000,
    made: { record: '{"name":"x"}', idempotencyKey: 'key' }, ...values,
  };
}

/** Inserts deliveries in one transaction and returns their ids. */
export function insertAll(stores: Stores, deliveries: readonly NewDelivery[]): Promise<number[]> {
  return stores.database.transaction(async (transaction) => {
    const ids: number[] = [];
    for (const delivery of deliveries) ids.push(await stores.outbox.insert(transaction, delivery));
    return ids;
  });
}
