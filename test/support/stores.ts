import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { TargetStates } from '../../src/targets/target-state.ts';
import { sharedPostgres } from './postgres.ts';
import { Workspace } from './workspace.ts';
import { startTestWriter } from './writer.ts';

/** Inbox and outbox over a real file of their own. */
export interface Stores {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  close(): Promise<void>;
}

export type Engine = 'sqlite' | 'postgres';

/** Every engine, for suites that each of them has to pass. */
export const engines: readonly Engine[] = ['sqlite', 'postgres'];

/** The same, and an SQLite file as a serving process writes it. */
export type StoreEngine = Engine | 'sqlite, in a thread';
export const storeEngines: readonly StoreEngine[] = [...engines, 'sqlite, in a thread'];

export async function openStores(engine: StoreEngine = 'sqlite'): Promise<Stores> {
  const workspace = new Workspace();
  const database = new Database(
    engine === 'postgres' ? await postgresUrl() : `sqlite:${workspace.path('connector.db')}`,
    { startWriter: startTestWriter },
  );
  await database.migrate();
  if (engine === 'postgres') await empty(database);
  if (engine === 'sqlite, in a thread') await database.serve();
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
    eventId: 1,
    mapping: 'hire',
    mappingHash: 'hash',
    target: 'zup',
    key: 'applicant/17',
    scope: 'huntflow.example/14',
    order: 'strict',
    createdAt: 1000,
    made: { record: '{"name":"x"}', idempotencyKey: 'key' },
    ...values,
  };
}

/** Inserts deliveries in one transaction and returns their ids. */
export function insertAll(stores: Stores, deliveries: readonly NewDelivery[]): Promise<number[]> {
  return stores.outbox.insert(deliveries);
}

let postgresDatabase: Promise<string> | undefined;

/** Making a database takes a second, emptying one does not: the suites use one after another. */
function postgresUrl(): Promise<string> {
  postgresDatabase ??= sharedPostgres().then((server) => server.createDatabase());
  return postgresDatabase;
}

async function empty(database: Database): Promise<void> {
  await sql`alter table audit disable trigger all`.execute(database.queries);
  await sql`truncate events, event_keys, lanes, deliveries, attempts, once, "references", aliases, targets, leases, mapping_versions, mapping_files, mapping_gaps, stages, causes, bulks, bulk_rows, audit, cursors, people, person_terms, month_keys, privacy, alarms, sightings, webhooks, webhook_hours, forgettings, mapping_drafts restart identity`.execute(
    database.queries,
  );
  await sql`alter table audit enable trigger all`.execute(database.queries);
}
