import { expect } from 'chai';
import pg from 'pg';
import { Chance } from '../support/chance.ts';
import { failureSuite } from '../support/failure-suite.ts';
import type { Fleet } from '../support/fleet.ts';
import { inForm, seed } from '../support/form.ts';
import { PgBouncer } from '../support/pgbouncer.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { TransactionPooler } from '../support/transaction-pooler.ts';
import { pause } from '../support/pause.ts';

/** Server connections for two instances, which have up to ten each. */
const size = 2;

const poolers: {
  readonly name: string;
  readonly start: (server: PostgresDatabases) => Promise<TransactionPooler | PgBouncer>;
}[] = [{ name: 'a stand-in for PgBouncer', start: (server) => TransactionPooler.start(server, size) }];
const program = PgBouncer.find();
if (program !== undefined)
  poolers.push({ name: 'PgBouncer itself', start: (server) => PgBouncer.start(program, server, size) });

for (const { name, start } of poolers)
  failureSuite(`${name}, in transaction mode`, { engines: ['postgres'] }, (scene) => {
    let server: PostgresDatabases;
    let pooler: TransactionPooler | PgBouncer;

    beforeEach(async () => {
      server = await sharedPostgres();
      pooler = scene.add(await start(server));
    });

    const pooled = (url: string, query = '') => `${url.replace(`:${server.port}/`, `:${pooler.port}/`)}${query}`;

    /** Two instances that start at once. */
    async function startFleet(query: string, leaseTime: number): Promise<Fleet> {
      const fleet = await scene.fleet({ instances: 0, leaseTime, through: (url) => pooled(url, query) });
      await Promise.all([0, 1].map((index) => fleet.begin(index)));
      return fleet;
    }

    /**
     * What stands on each of its connections, which are all held by transactions meanwhile; then whom one client meets
     * in as many transactions.
     */
    async function sessions(database: string) {
      const clients = Array.from(
        { length: size },
        () => new pg.Client(pooled(`postgres://postgres@127.0.0.1:${server.port}/${database}`)),
      );
      const kept: Record<string, unknown>[] = [];
      for (const client of clients) {
        await client.connect();
        await client.query('begin');
        const { rows } =
          await client.query(`select pg_backend_pid() as pid, (select count(*)::int from pg_prepared_statements) as statements, (select count(*)::int from pg_listening_channels()) as channels,
        current_setting('plan_cache_mode') as planning, current_setting('idle_in_transaction_session_timeout') as idle`);
        kept.push(...rows);
      }
      for (const client of clients) await client.query('commit');
      const met: unknown[] = [];
      for (const _each of clients) met.push((await clients[0]?.query('select pg_backend_pid() as pid'))?.rows[0]?.pid);
      for (const client of clients) await client.end();
      return { kept, met };
    }

    it('gives a client another connection with each transaction', async () => {
      const { kept, met } = await sessions('postgres');
      expect(new Set(kept.map(({ pid }) => pid)).size).to.equal(size);
      expect(new Set(met).size).to.equal(size);
    });

    it('is found out by instances that nobody told of it, and keeps nothing of theirs', async () => {
      const fleet = await startFleet('', 15_000);
      await fleet.load(inForm(48, 3000));
      await fleet.idle();
      await fleet.proof({ doubles: false });
      for (const { log } of fleet.instances)
        expect(log.split('reached through a pooler'), log.slice(-1500)).to.have.length(2);
      const { kept } = await sessions(await fleet.databaseName());
      for (const { pid: _pid, ...session } of kept)
        expect(session).to.deep.equal({ statements: 0, channels: 0, planning: 'auto', idle: '0' });
    });

    it('costs nothing when it dies under load, or its connections do', async () => {
      const chance = new Chance(seed);
      const fleet = await startFleet('?pooled=true', 3000);
      const load = fleet.load(inForm(100, 2000), 60);
      for (let round = 0; round < inForm(4, 60); round += 1) {
        await pause(100 + chance.below(300));
        if (round % 2 === 0) await pooler.crash(chance.below(300));
        else await server.killBackends(`postgres://x/${await fleet.databaseName()}`).catch(() => 0);
      }
      await load;
      await fleet.idle();
      for (const { running, log } of fleet.instances) {
        expect(running, log.slice(-1500)).to.equal(true);
        expect(log).not.to.include('reached through a pooler');
      }
      await fleet.proof({ doubles: true });
    });
  });
