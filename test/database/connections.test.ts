import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

for (const query of ['', 'pooled=true&'])
  describe(`connections to PostgreSQL${query === '' ? '' : ' through a pooler'}`, function () {
    this.timeout(60_000);
    let server: PostgresDatabases;
    let proxy: TcpProxy;
    let url: string;
    let database: Database;

    beforeEach(async () => {
      server = await sharedPostgres();
      proxy = await TcpProxy.start(server.port);
      url = await server.createDatabase();
      database = new Database(`${url.replace(`:${server.port}/`, `:${proxy.port}/`)}?${query}query_timeout=1000`);
      await sql`create table kept (number int)`.execute(database.queries);
    });

    afterEach(async () => {
      await database.close();
      await proxy.stop();
    });

    const kept = async () => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from kept`.execute(database.queries);
      return rows[0]?.count;
    };

    it('that break in the middle of a transaction end the transaction, not the process', async () => {
      const cut = database.queries.transaction().execute(async (transaction) => {
        await sql`insert into kept values (1)`.execute(transaction);
        await server.endBackends(url); // nobody asks anything when the news arrives
        await sql`insert into kept values (2)`.execute(transaction);
      });
      await cut.then(
        () => expect.fail('it was committed'),
        () => undefined,
      );
      expect(await kept()).to.equal(0);
    });

    it('that no longer answer are given up: no later statement waits behind a lost one, or runs in its transaction', async () => {
      await database.queries
        .transaction()
        .execute(async (transaction) => {
          await sql`insert into kept values (1)`.execute(transaction);
          proxy.freeze();
          await sql`insert into kept values (2)`.execute(transaction);
        })
        .then(
          () => expect.fail('it was committed'),
          () => undefined,
        );
      expect(await kept(), 'rolled back').to.equal(0);

      proxy.freeze();
      await kept().then(
        () => expect.fail('it was answered'),
        () => undefined,
      );
      const began = performance.now();
      expect(await kept(), 'over a connection of its own').to.equal(0);
      expect(performance.now() - began).to.be.below(950);
      await sql`insert into kept values (3)`.execute(database.queries);
      expect(await server.query('select number from kept', new URL(url).pathname.slice(1))).to.deep.equal([
        { number: 3 },
      ]);
    });
  });
