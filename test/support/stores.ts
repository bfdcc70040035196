import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { TargetStates } from '../../src/targets/target-state.ts';
import { copyMigrated } from './migrated.ts';
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
  const file = workspace.path('connector.db');
  if (engine !== 'postgres') await copyMigrated(file);
  const database = new Database(engine === 'postgres' ? await postgresUrl() : `sqlite:${file}`, {
    startWriter: startTestWriter,
  });
  if (engine === 'postgres') await empty(database);
  else await database.migrate();
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

/** Making a database and its schema takes a second, emptying one does not: the suites use one after another. */
function postgresUrl(): Promise<string> {
  postgresDatabase ??= makePostgres();
  return postgresDatabase;
}

async function makePostgres(): Promise<string> {
  return (await sharedPostgres()).createMigrated();
}

/** Only what has rows is emptied: thirty tables with their indexes are some hundred files to the server. */
async function empty(database: Database): Promise<void> {
  await sql`
    do $$
    declare
      one text;
      filled text[] := '{}';
      used boolean;
    begin
      for one in select tablename from pg_tables where schemaname = current_schema() loop
        execute format('select exists (select from %I)', one) into used;
        if used and one not like 'kysely%' then filled := filled || format('%I', one); end if;
      end loop;
      alter table audit disable trigger all;
      if filled <> '{}' then execute 'truncate ' || array_to_string(filled, ', ') || ' cascade'; end if;
      alter table audit enable trigger all;
      perform setval(format('%I', sequencename)::regclass, 1, false) from pg_sequences where last_value is not null;
    end $$`.execute(database.queries);
}
