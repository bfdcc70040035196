import { expect } from 'chai';
import { runSql } from '../support/procedures.ts';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Database } from '../../src/database/database.ts';
import { MigrationError } from '../../src/database/migrate.ts';
import * as road from '../../src/database/migrations/0001-road.ts';
import * as mappings from '../../src/database/migrations/0002-mappings.ts';
import type { Tables } from '../../src/database/schema.ts';
import { sqliteDialect } from '../../src/database/sqlite/dialect.ts';
import { openToWrite } from '../../src/database/sqlite/open.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { engines } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

for (const engine of engines)
  describe(`migrations on ${engine}`, function () {
    this.timeout(60_000);
    let workspace: Workspace;
    let url: string;

    beforeEach(async () => {
      workspace = new Workspace();
      url =
        engine === 'sqlite'
          ? `sqlite:${workspace.path('connector.db')}`
          : await (await sharedPostgres()).createDatabase();
    });

    afterEach(() => workspace.remove());

    it('are made once by processes that start at the same time', async () => {
      const databases = Array.from({ length: engine === 'sqlite' ? 2 : 5 }, () => new Database(url));
      try {
        const ends = await Promise.allSettled(databases.map((database) => database.migrate()));
        expect(ends.flatMap((end) => (end.status === 'rejected' ? String(end.reason) : []))).to.deep.equal([]);
        for (const database of databases)
          expect(await database.queries.selectFrom('events').selectAll().execute()).to.deep.equal([]);
      } finally {
        for (const database of databases) await database.close();
      }
    });

    it('leave nothing behind when they end half way', async () => {
      const database = new Database(url);
      try {
        await database.call(runSql, 'create table stages (in_the_way int)'); // of the second migration
        await database.migrate().then(
          () => expect.fail('it was made'),
          (error: unknown) => expect(error).to.be.instanceOf(MigrationError),
        );
        await database.call(runSql, 'drop table stages');
        await database.migrate();
        expect(await database.queries.selectFrom('stages').selectAll().execute()).to.deep.equal([]);
      } finally {
        await database.close();
      }
    });

    it('bring a database of the second schema up to date, with what waits in it, and write no row anew', async () => {
      const database = new Database(url);
      const queries =
        engine === 'sqlite'
          ? new Kysely<Tables>({ dialect: sqliteDialect(() => openToWrite(workspace.path('connector.db'))) })
          : database.queries;
      const places = async () =>
        engine === 'sqlite'
          ? []
          : (
              await sql`select pg_relation_filenode('lanes') as lanes, pg_relation_filenode('deliveries') as deliveries`.execute(
                queries,
              )
            ).rows;
      try {
        const { error } = await new Migrator({
          db: queries,
          provider: { getMigrations: async () => ({ '0001-road': road, '0002-mappings': mappings }) },
        }).migrateToLatest();
        expect(error).to.equal(undefined);
        await sql`insert into lanes (target, key, head, tail, due_at, attempts, tried_since) values ('zup', 'a', 1, 2, 1000, 4, 900)`.execute(
          queries,
        );
        for (const pos of [1, 2]) {
          await sql`insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, record, idempotency_key, created_at, attempts)
          values (1, ${pos}, 1, 'hire', 'hash', 'zup', 'a', 's', 'pending', '{}', 'key', 900, ${pos === 1 ? 4 : 0})`.execute(
            queries,
          );
        }
        const before = await places();

        await database.migrate();

        expect(await places()).to.deep.equal(before);
        const outbox = new Outbox(database);
        const claim = () => outbox.claim({ target: 'zup', now: 2000, until: 9000, most: 5 });
        const [first] = await claim();
        expect(first).to.include({ id: 1, attempt: 5, counted: 5, triedSince: 900, attemptBytes: 0 });
        const ended = { startedAt: 2000, finishedAt: 2000, summary: null, exchanges: [], warnings: [] } as const;
        expect(
          first !== undefined &&
            (await outbox.settle(first, {
              ...ended,
              outcome: 'unknown',
              dueAt: 2000,
              wait: 0,
              cost: 'interruption',
              spends: 0,
            })),
        ).to.equal(true);
        expect(await queries.selectFrom('lanes').select('interrupted').execute()).to.deep.equal([{ interrupted: 1 }]);
        const [again] = await claim();
        expect(again).to.include({ id: 1, counted: 5, attemptBytes: 2 });
        expect(again !== undefined && (await outbox.settle(again, { ...ended, outcome: 'delivered' }))).to.equal(true);
        expect((await claim()).map(({ id }) => id)).to.deep.equal([2]);
      } finally {
        await queries.destroy();
        await database.close();
      }
    });

    it('refuse a database that a newer version has written, with a sentence, and leave it as it is', async () => {
      const database = new Database(url);
      try {
        await database.migrate();
        await database.call(
          runSql,
          "insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')",
        );
        await database.migrate().then(
          () => expect.fail('it was taken'),
          (error: unknown) => expect(error).to.be.instanceOf(MigrationError),
        );

        const config = writeFiles(workspace, { config: { database: { url } } });
        const { code, err } = await command(['serve', '--config', config]);
        expect(code, err).to.not.equal(0);
        expect(err).to.include(
          'the database was written by a newer version of huntflow-connector: start that version, or restore a backup',
        );
      } finally {
        await database.close();
      }
    });
  });
