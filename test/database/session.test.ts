import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import type { Executor } from '../../src/database/executor.ts';
import { statement } from '../../src/database/statement.ts';
import { isOutage } from '../../src/database/outage.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { TransactionPooler } from '../support/transaction-pooler.ts';
import { until } from '../support/until.ts';

describe('sessions of PostgreSQL', function () {
  this.timeout(60_000);
  let server: PostgresDatabases;
  let pooler: TransactionPooler;
  let url: string;
  let database: Database;
  let found: number;

  before(async () => {
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    pooler = await TransactionPooler.start(server, 3);
    url = await server.createDatabase();
    found = 0;
  });

  afterEach(async () => {
    await database.close();
    await pooler.stop();
  });

  function open(query = '', port = server.port): void {
    database = new Database(`${url.replace(`:${server.port}/`, `:${port}/`)}${query}`, {
      pooled: () => void (found += 1),
    });
  }

  const echo = async (executor: Executor, number: number) =>
    (await sql<{ number: number }>`select ${number}::int as number`.execute(executor)).rows[0]?.number;

  const kept = `select (select count(*)::int from pg_prepared_statements) as statements,
      current_setting('plan_cache_mode') as planning, current_setting('idle_in_transaction_session_timeout') as idle`;
  interface Settings {
    readonly statements: number;
    readonly planning: string;
    readonly idle: string;
  }
  const settings = async (executor: Executor) => (await sql<Settings>`${sql.raw(kept)}`.execute(executor)).rows[0];

  /** As the road does. */
  const echoed = async (number: number) =>
    (
      await statement<{ number: number }, { number: number }>('select cast(:number as int) as number')(database.reads, {
        number,
      })
    )[0]?.number;

  const locks = () =>
    server.query(
      "select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      new URL(url).pathname.slice(1),
    );

  const failure = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it succeeded'),
      (error: unknown) => error,
    );

  for (const query of ['', '?pooled=false'])
    it(`keep prepared statements and settings on a direct connection${query}`, async () => {
      open(query);
      await echoed(1);
      expect(await statement<object, Settings>(kept)(database.reads, {})).to.deep.equal([
        { statements: 1, planning: 'force_generic_plan', idle: '5s' },
      ]);
      expect(found).to.equal(0);
    });

  it('plan what people ask anew each time, for few rows, and not without end', async () => {
    open();
    await echo(database.queries, 1);
    expect(await settings(database.queries)).to.deep.equal({ statements: 0, planning: 'auto', idle: '5s' });
    const { rows } = await sql<{ most: string; hashes: string }>`
      select current_setting('statement_timeout') as most, current_setting('enable_hashjoin') as hashes`.execute(
      database.queries,
    );
    expect(rows).to.deep.equal([{ most: '30s', hashes: 'off' }]);
  });

  for (const [query, times] of [
    ['', 1],
    ['?pooled=true', 0],
  ] as const)
    it(`keep nothing behind a pooler, and limit each transaction by itself${query}`, async () => {
      open(query, pooler.port);
      await echo(database.queries, 1);
      await database.queries.transaction().execute(async (transaction) => {
        await echo(transaction, 2);
        expect(await settings(transaction)).to.deep.equal({ statements: 0, planning: 'auto', idle: '5s' });
      });
      for (let round = 0; round < 4; round += 1)
        expect(await settings(database.queries)).to.deep.equal({ statements: 0, planning: 'auto', idle: '0' });
      expect(found).to.equal(times);
    });

  it('that a pooler loses although the URL denies it are told of in one sentence, and done without from then on', async () => {
    open('?pooled=false', pooler.port);
    const error = await until('a statement is lost', () =>
      echoed(0).then(
        () => undefined,
        (reason: unknown) => reason,
      ),
    );
    expect(String(error)).to.match(
      /prepared statement .* does not exist: there is a pooler in transaction mode before PostgreSQL, put \?pooled=true into the URL/,
    );
    expect(isOutage(error), 'worth another try').to.equal(true);
    for (let round = 0; round < 8; round += 1) expect(await echoed(round)).to.equal(round);
    expect(found).to.equal(1);
  });

  it('are replaced when a table has changed since a statement was prepared', async () => {
    open();
    const all = statement<{ number: number }>('select * from kept where number = cast(:number as int)');
    const kept = () => all(database.reads, { number: 1 });
    await server.query('create table kept as select 1 as number', new URL(url).pathname.slice(1));
    expect(await kept()).to.deep.equal([{ number: 1 }]);
    await server.query('alter table kept add column since int default 2', new URL(url).pathname.slice(1));
    const error = await failure(kept());
    expect(isOutage(error), String(error)).to.equal(true);
    expect(await kept()).to.deep.equal([{ number: 1, since: 2 }]);
  });

  for (const through of ['', ' through a pooler'])
    it(`say why they ended${through}, not only that they did`, async () => {
      open('', through === '' ? server.port : pooler.port);
      const error = await failure(
        database.queries.transaction().execute(async (transaction) => {
          await echo(transaction, 1);
          await server.endBackends(url); // the news arrives between two statements
          await echo(transaction, 2);
        }),
      );
      expect(Reflect.get(Object(error), 'code'), String(error)).to.be.oneOf(['57P01', '08P01']);
      expect(await echo(database.queries, 3), 'over another connection').to.equal(3);
    });

  it('are not needed for migrations: behind a pooler those who start at once make them once, and no lock outlives them', async () => {
    open('', pooler.port);
    // So that all of its connections are open, and a lone start meets another one with each statement.
    await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(database.queries)));
    await database.migrate();
    expect(await locks()).to.deep.equal([]);
    const others = Array.from(
      { length: 4 },
      () => new Database(`${url.replace(`:${server.port}/`, `:${pooler.port}/`)}?pooled=true`),
    );
    try {
      const ends = await Promise.allSettled([database, ...others].map((each) => each.migrate()));
      expect(ends.flatMap((end) => (end.status === 'rejected' ? String(end.reason) : []))).to.deep.equal([]);
      expect(await locks()).to.deep.equal([]);
    } finally {
      for (const each of others) await each.close();
    }
  });
});
