import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { MigrationError } from '../../src/database/migrate.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { engines } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

for (const engine of engines) describe(`migrations on ${engine}`, function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let url: string;

  beforeEach(async () => {
    workspace = new Workspace();
    url = engine === 'sqlite' ? `sqlite:${workspace.path('connector.db')}` : await (await sharedPostgres()).createDatabase();
  });

  afterEach(() => workspace.remove());

  it('are made once by processes that start at the same time', async () => {
    const databases = Array.from({ length: engine === 'sqlite' ? 2 : 5 }, () => new Database(url));
    try {
      const ends = await Promise.allSettled(databases.map((database) => database.migrate()));
      expect(ends.flatMap((end) => (end.status === 'rejected' ? String(end.reason) : []))).to.deep.equal([]);
      for (const database of databases) expect(await database.queries.selectFrom('events').selectAll().execute()).to.deep.equal([]);
    } finally {
      for (const database of databases) await database.close();
    }
  });

  it('leave nothing behind when they end half way', async () => {
    const database = new Database(url);
    try {
      await sql`create table stages (in_the_way int)`.execute(database.queries); // of the second migration
      await database.migrate().then(() => expect.fail('it was made'), (error: unknown) => expect(error).to.be.instanceOf(MigrationError));
      await sql`drop table stages`.execute(database.queries);
      await database.migrate();
      expect(await database.queries.selectFrom('stages').selectAll().execute()).to.deep.equal([]);
    } finally {
      await database.close();
    }
  });

  it('refuse a database that a newer version has written, with a sentence, and leave it as it is', async () => {
    const database = new Database(url);
    try {
      await database.migrate();
      await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(database.queries);
      await database.migrate().then(() => expect.fail('it was taken'), (error: unknown) => expect(error).to.be.instanceOf(MigrationError));

      const config = writeFiles(workspace, { config: { database: { url } } });
      const { code, err } = await command(['serve', '--config', config]);
      expect(code, err).to.not.equal(0);
      expect(err).to.include('the database was written by a newer version of huntflow-connector: start that version, or restore a backup');
    } finally {
      await database.close();
    }
  });
});
