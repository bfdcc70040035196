import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';
import { type Executor, isPostgres } from './executor.ts';
import * as road from './migrations/0001-road.ts';
import * as mappings from './migrations/0002-mappings.ts';
import * as budgets from './migrations/0003-budgets.ts';
import * as holds from './migrations/0004-holds.ts';
import * as referenceNotes from './migrations/0005-reference-notes.ts';
import * as causes from './migrations/0006-causes.ts';
import * as people from './migrations/0007-people.ts';
import * as audit from './migrations/0008-audit.ts';
import * as alarms from './migrations/0009-alarms.ts';
import * as operatorsConsole from './migrations/0010-console.ts';
import * as forgettings from './migrations/0011-forgettings.ts';
import * as keeping from './migrations/0012-keeping.ts';
import * as lists from './migrations/0013-lists.ts';
import * as screens from './migrations/0014-screens.ts';
import * as eventLists from './migrations/0015-events.ts';
import * as thinKeys from './migrations/0016-thin-keys.ts';
import * as pauses from './migrations/0017-pauses.ts';
import * as standing from './migrations/0018-standing.ts';
import * as failing from './migrations/0019-failing.ts';
import * as acts from './migrations/0020-acts.ts';
import * as sent from './migrations/0021-sent.ts';

/** Forward only, in this order; one file serves every database. */
const migrations = {
  '0001-road': road,
  '0002-mappings': mappings,
  '0003-budgets': budgets,
  '0004-holds': holds,
  '0005-reference-notes': referenceNotes,
  '0006-causes': causes,
  '0007-people': people,
  '0008-audit': audit,
  '0009-alarms': alarms,
  '0010-console': operatorsConsole,
  '0011-forgettings': forgettings,
  '0012-keeping': keeping,
  '0013-lists': lists,
  '0014-screens': screens,
  '0015-events': eventLists,
  '0016-thin-keys': thinKeys,
  '0017-pauses': pauses,
  '0018-standing': standing,
  '0019-failing': failing,
  '0020-acts': acts,
  '0021-sent': sent,
};

/** In their order. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/** Kysely's own number. */
const lock = sql.lit(3853314791062309107n);

/** Thrown when the schema cannot be brought up to date, or is not the one that is needed. */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError';
  readonly text: Text;

  /** `cause`: what the database said, when it is at fault and not its schema. */
  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}

/** A newer version has been at the database: starting again changes nothing about it. */
export class NewerSchemaError extends MigrationError {
  override readonly name = 'NewerSchemaError';

  constructor() {
    super({
      ru: 'базу данных записала более новая версия huntflow-connector: запустите её или восстановите резервную копию',
      en:
        'the database was written by a newer version of huntflow-connector: start that version, or restore a ' +
        'backup',
    });
  }
}

export async function migrate(queries: Executor): Promise<void> {
  try {
    await (isPostgres(queries) ? migrateServer(queries) : migrateToLatest(queries));
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    const cause = isPostgres(queries) ? await firstError(queries, error) : error;
    const words = cause instanceof Error ? cause.message : 'of an unknown error';
    if (words.includes('corrupted migrations')) {
      throw new NewerSchemaError();
    }
    throw new MigrationError(
      {
        ru: `базу данных не удалось открыть или обновить её схему (${words})`,
        en: `the database schema could not be brought up to date: ${words}`,
      },
      { cause },
    );
  }
}

/**
 * After a failed CREATE Kysely looks around, and what the broken transaction answers to that hides why: another one is
 * tried, and undone.
 */
async function firstError(queries: Executor, error: unknown): Promise<unknown> {
  if (errorCode(error) !== '25P02') return error;
  try {
    return await queries.transaction().execute(async (transaction) => {
      await sql`create table huntflow_connector_probe ()`.execute(transaction);
      throw error;
    });
  } catch (first) {
    return first;
  }
}

interface ServerRow {
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
}

async function checkServer(queries: Executor): Promise<void> {
  const {
    rows: [server],
  } = await sql<ServerRow>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      current_setting('server_encoding') as encoding`.execute(queries);
  if (server === undefined) return;
  if (server.number < 160_000)
    throw new MigrationError({
      ru: `нужен PostgreSQL 16 или новее, а этот сервер — ${server.version}`,
      en: `PostgreSQL 16 or newer is needed, and this server is ${server.version}`,
    });
  if (server.encoding !== 'UTF8')
    throw new MigrationError({
      ru: `кодировка базы данных ${server.encoding}, а нужна UTF8: создайте другую (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0) и укажите её в database.url`,
      en:
        `the encoding of the database is ${server.encoding}, and UTF8 is needed: create another one (CREATE ` +
        "DATABASE … ENCODING 'UTF8' TEMPLATE template0) and name it in database.url",
    });
}

async function migrateServer(queries: Executor): Promise<void> {
  await checkServer(queries);
  await queries.transaction().execute(async (transaction) => {
    // The lock of a session, which Kysely would take, belongs to nobody behind a pooler: it would stay, and lock out
    // the next start.
    await sql`select pg_advisory_xact_lock(${lock})`.execute(transaction);
    await migrateToLatest(transaction);
  });
}

async function migrateToLatest(queries: Executor): Promise<void> {
  const { error } = await new Migrator({
    db: queries,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) throw error;
}
